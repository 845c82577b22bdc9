"""What people who guess pass phrases try first: usual words, rows of keys, and what everybody knows of this hub.

Written by hand from what is generally known; it is no published list, and docs/sign-in.md says so.
"""

from typing import Final

# Each is looked for anywhere in a phrase, in capitals or not, with signs put for letters (0 for o, @ for a) or not.
_USUAL = """
    password passphrase passwort pass phrase word qwerty azerty letmein welcome hello login logon signin secret
    changeme change default guest admin administrator root user test testing demo example temp temporary access
    iloveyou love lover forever babygirl baby angel princess prince queen king sunshine rainbow flower butterfly
    monkey dragon tiger lion eagle falcon wolf horse puppy kitten bunny dolphin shadow master killer hunter ranger
    superman batman spiderman starwars pokemon minecraft naruto matrix mustang ferrari porsche mercedes yamaha harley
    football baseball basketball soccer hockey cricket rugby tennis golfer liverpool arsenal chelsea everton tottenham
    manchester united celtic rangers newcastle villa leeds london england scotland wales ireland britain
    charlie michael jennifer jessica jordan daniel thomas george andrew joshua matthew ashley nicole hannah amanda
    robert william james david john richard joseph christopher anthony elizabeth victoria charlotte olivia amelia
    oliver harry jack alfie archie ginger pepper cookie cheese chocolate banana orange apple coffee biscuit pumpkin
    summer winter spring autumn monday tuesday wednesday thursday friday saturday sunday january february march april
    june july august september october november december christmas easter holiday birthday happy lucky
    computer internet google facebook windows microsoft samsung android iphone office server system network database
    freedom whatever trustno nothing something blessed jesus christ heaven family mother father sister brother
    friend friends summertime music guitar magic purple yellow silver golden diamond crystal money
    correcthorsebatterystaple thequickbrownfox maytheforcebewithyou tobeornottobe onceuponatime
"""
_OF_THE_HUB = """
    safeguarding safeguard childhub hub mash child children childrens council county borough social care police health
    hospital school nursery probation housing agency worker practitioner officer manager governance information
    safety protection concern
"""
USUAL: Final = frozenset(_USUAL.split())
OF_THE_HUB: Final = frozenset(_OF_THE_HUB.split())
ROWS: Final = (
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "azertyuiop",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p",
    "qazwsxedcrfvtgbyhnujmikolp",
    "1q2w3e4r5t6y7u8i9o0p",
    "q1w2e3r4t5y6u7i8o9p0",
)
