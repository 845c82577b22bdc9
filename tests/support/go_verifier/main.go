// Command logverifier checks a log folder with the Go team's own note and tlog packages: code that this project did
// not write. It prints one line and exits 0 when all holds, 1 when something does not.
package main

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const height = 8
const width = 1 << height

func main() {
	folder := flag.String("folder", "", "log folder")
	vkey := flag.String("vkey", "", "verifier key of the log")
	witness := flag.String("witness", "", "verifier key of a witness that must have cosigned")
	old := flag.String("old", "", "file with an older checkpoint")
	proof := flag.String("proof", "", "proof file, checked instead of a folder")
	entry := flag.String("entry", "", "file with the entry the proof is for")
	flag.Parse()
	var answer string
	var err error
	if *proof != "" {
		answer, err = checkProof(*proof, *entry, *vkey)
	} else {
		answer, err = checkFolder(*folder, *vkey, *witness, *old)
	}
	if err != nil {
		fmt.Println("FAIL", err)
		os.Exit(1)
	}
	fmt.Println("OK", answer)
}

// openCheckpoint verifies a signed checkpoint and gives the tree it states.
func openCheckpoint(raw []byte, vkey, witness string) (tlog.Tree, error) {
	var tree tlog.Tree
	verifier, err := note.NewVerifier(vkey)
	if err != nil {
		return tree, err
	}
	known := []note.Verifier{verifier}
	if witness != "" {
		cosigner, err := newCosigner(witness)
		if err != nil {
			return tree, err
		}
		known = append(known, cosigner)
	}
	opened, err := note.Open(raw, note.VerifierList(known...))
	if err != nil {
		return tree, err
	}
	if len(opened.Sigs) != len(known) {
		return tree, fmt.Errorf("%d of %d keys signed", len(opened.Sigs), len(known))
	}
	lines := strings.Split(opened.Text, "\n")
	if len(lines) != 4 || lines[0] != verifier.Name() {
		return tree, fmt.Errorf("not a checkpoint of this log")
	}
	if tree.N, err = strconv.ParseInt(lines[1], 10, 64); err != nil {
		return tree, err
	}
	tree.Hash, err = tlog.ParseHash(lines[2])
	return tree, err
}

// checkFolder recomputes every entry's hash and holds it against the authenticated tree.
func checkFolder(folder, vkey, witness, old string) (string, error) {
	raw, err := os.ReadFile(filepath.Join(folder, "checkpoint"))
	if err != nil {
		return "", err
	}
	tree, err := openCheckpoint(raw, vkey, witness)
	if err != nil {
		return "", err
	}
	hashes := tlog.TileHashReader(tree, tiles{folder})
	for start := int64(0); start < tree.N; start += width {
		if err := checkBundle(folder, hashes, start, min(start+width, tree.N)); err != nil {
			return "", err
		}
	}
	if old != "" {
		if err := checkOld(old, vkey, tree, hashes); err != nil {
			return "", err
		}
	}
	return fmt.Sprintf("%d entries, root %v", tree.N, tree.Hash), nil
}

func checkBundle(folder string, hashes tlog.HashReader, start, end int64) error {
	entries, err := readTile(folder, "entries", start/width, int(end-start))
	if err != nil {
		return err
	}
	var indexes []int64
	for n := start; n < end; n++ {
		indexes = append(indexes, tlog.StoredHashIndex(0, n))
	}
	sealed, err := hashes.ReadHashes(indexes)
	if err != nil {
		return err
	}
	for n := start; n < end; n++ {
		if len(entries) < 2 || len(entries) < 2+int(binary.BigEndian.Uint16(entries)) {
			return fmt.Errorf("entry %d: the bundle breaks off", n)
		}
		size := int(binary.BigEndian.Uint16(entries))
		if tlog.RecordHash(entries[2:2+size]) != sealed[n-start] {
			return fmt.Errorf("entry %d: changed", n)
		}
		entries = entries[2+size:]
	}
	return nil
}

func checkOld(file, vkey string, tree tlog.Tree, hashes tlog.HashReader) error {
	raw, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	before, err := openCheckpoint(raw, vkey, "")
	if err != nil {
		return err
	}
	if before.N > tree.N {
		return fmt.Errorf("the size went down from %d to %d", before.N, tree.N)
	}
	proof, err := tlog.ProveTree(tree.N, before.N, hashes)
	if err != nil {
		return err
	}
	return tlog.CheckTree(proof, tree.N, tree.Hash, before.N, before.Hash)
}

// checkProof verifies a tlog-proof file for an entry.
func checkProof(file, entry, vkey string) (string, error) {
	raw, err := os.ReadFile(file)
	if err != nil {
		return "", err
	}
	leaf, err := os.ReadFile(entry)
	if err != nil {
		return "", err
	}
	head, signed, found := bytes.Cut(raw, []byte("\n\n"))
	lines := strings.Split(string(head), "\n")
	if !found || len(lines) < 2 || lines[0] != "c2sp.org/tlog-proof@v1" {
		return "", fmt.Errorf("not a proof")
	}
	lines = lines[1:]
	if strings.HasPrefix(lines[0], "extra ") {
		lines = lines[1:]
	}
	index, err := strconv.ParseInt(strings.TrimPrefix(lines[0], "index "), 10, 64)
	if err != nil {
		return "", err
	}
	var path tlog.RecordProof
	for _, line := range lines[1:] {
		hash, err := tlog.ParseHash(line)
		if err != nil {
			return "", err
		}
		path = append(path, hash)
	}
	tree, err := openCheckpoint(signed, vkey, "")
	if err != nil {
		return "", err
	}
	if err := tlog.CheckRecord(path, tree.N, tree.Hash, index, tlog.RecordHash(leaf)); err != nil {
		return "", err
	}
	return fmt.Sprintf("entry %d of %d", index, tree.N), nil
}

// tiles reads tile files; TileHashReader verifies what it gives against the signed root.
type tiles struct{ folder string }

func (t tiles) Height() int { return height }

func (t tiles) SaveTiles([]tlog.Tile, [][]byte) {}

func (t tiles) ReadTiles(wanted []tlog.Tile) ([][]byte, error) {
	var read [][]byte
	for _, tile := range wanted {
		data, err := readTile(t.folder, strconv.Itoa(tile.L), tile.N, tile.W)
		if err != nil {
			return nil, err
		}
		if len(data) < tile.W*tlog.HashSize {
			return nil, fmt.Errorf("%s: too short", tile.Path())
		}
		read = append(read, data[:tile.W*tlog.HashSize])
	}
	return read, nil
}

// readTile reads a partial file, or the full one that took its place.
func readTile(folder, level string, index int64, w int) ([]byte, error) {
	full := tlog.Tile{H: height, L: 0, N: index, W: width}.Path()
	name := filepath.Join(folder, "tile", level, strings.TrimPrefix(full, fmt.Sprintf("tile/%d/0/", height)))
	if w < width {
		if data, err := os.ReadFile(name + ".p/" + strconv.Itoa(w)); err == nil {
			return data, nil
		}
	}
	return os.ReadFile(name)
}

// cosigner verifies cosignature/v1 lines, which the note package does not know.
type cosigner struct {
	name string
	hash uint32
	key  ed25519.PublicKey
}

func newCosigner(vkey string) (*cosigner, error) {
	parts := strings.SplitN(vkey, "+", 3)
	if len(parts) != 3 {
		return nil, fmt.Errorf("not a verifier key")
	}
	key, err := base64.StdEncoding.DecodeString(parts[2])
	if err != nil || len(key) != 33 || key[0] != 4 {
		return nil, fmt.Errorf("not a witness key")
	}
	sum := sha256.Sum256(append([]byte(parts[0]+"\n"), key...))
	if hex.EncodeToString(sum[:4]) != parts[1] {
		return nil, fmt.Errorf("not the id of this witness key")
	}
	return &cosigner{parts[0], binary.BigEndian.Uint32(sum[:4]), ed25519.PublicKey(key[1:])}, nil
}

func (c *cosigner) Name() string    { return c.name }
func (c *cosigner) KeyHash() uint32 { return c.hash }

func (c *cosigner) Verify(msg, sig []byte) bool {
	if len(sig) != 8+ed25519.SignatureSize {
		return false
	}
	signed := fmt.Sprintf("cosignature/v1\ntime %d\n%s", binary.BigEndian.Uint64(sig[:8]), msg)
	return ed25519.Verify(c.key, []byte(signed), sig[8:])
}
