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
# What an agency may have in its own record and send on: every one is kept as written and shown as written.
STORED = (
    *MARKUP,
    "</bdi></p></li><h1>Closed</h1>",
    "'-alert(1)-'",
    "<style>*{display:none}</style>",
    "<a href=//elsewhere.example>click</a><base href=//elsewhere.example>",
    "]]><![CDATA[<script>alert(1)</script>",
    "<div onclick=alert(1) onmouseover='alert(1)'>narrative</div><iframe srcdoc='<script>alert(1)</script>'>",
    "<meta http-equiv=refresh content='0;url=//elsewhere.example'><link rel=stylesheet href=//elsewhere.example/x.css>",
    "<form action=//elsewhere.example><input name=form_key><button formaction=//elsewhere.example>",
    "<?xml-stylesheet href='//elsewhere.example/x.xsl'?><math><mi xlink:href='javascript:alert(1)'>",
    "</script><script src=//elsewhere.example/x.js></script>",
    "</title></textarea></style><svg><script>alert(1)</script>",
    "<object data='data:text/html,<script>alert(1)</script>'><embed src=//elsewhere.example>",
    "\u202eexe.yrots\u202c \u2066left open\u200b",
    "Ro" + "\u0301" * 60 + "bin",
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
