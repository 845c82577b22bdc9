"""Words that somebody might hope a browser, a template, a spreadsheet or a typesetter would run; all are only words."""

MARKUP = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg/onload=alert(1)>',
    "<image href='file:///etc/hostname'/>",
    "</text><script>1</script>",
    "{{ 7 * 7 }} {% raw %} ${7*7} #{7*7}",
    "javascript:alert(1) https://canary.invalid/x",
    "<!--#exec cmd='id'--> <?xml version='1.0'?> ]]>",
    "&lt;b&gt; &#60; &amp;amp;",
)
TYPESETTING = (
    '#read("/etc/hostname")',
    '#import "@preview/cetz:0.3.0": canvas',
    '#eval("1 + 1") #(1 + 1) #sys.inputs #panic()',
    "$ sum_(i=0)^n x_i $ *strong* _emph_ `raw` = heading",
    "@reference <label> // comment /* comment */ ~ -- --- ...",
    "\\u{41} \\ \\# [content] {code} \\n",
    "#set page(width: 1cm) #show: none #pagebreak()",
    "- list + enum / term: x",
)
FORMULA = ('=HYPERLINK("https://canary.invalid")', "+1+1", "-2+3", "@SUM(1)")
ALL = (*MARKUP, *TYPESETTING, *FORMULA)
