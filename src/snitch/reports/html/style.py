"""The page's one style sheet: system fonts, two palettes, no image and no animation."""

from __future__ import annotations

STYLE = """
:root{color-scheme:light dark;--page:#f6f6f4;--card:#fff;--sunk:#f3f3f0;--ink:#1a1c1f;
--soft:#565c64;
--line:#dedfdc;--bad:#a8231b;--bad-bg:#fcecea;--warn:#7a4e00;--warn-bg:#fbf1dd;--info:#1d5591;
--info-bg:#e9f1fa;--good:#1b6a34;--good-bg:#e8f4ea;--sans:system-ui,-apple-system,"Segoe UI",Roboto,
"Helvetica Neue",Arial,sans-serif;--mono:ui-monospace,SFMono-Regular,Menlo,Consolas,
"Liberation Mono",monospace}
@media (prefers-color-scheme:dark){:root{--page:#101214;--card:#181b1e;--sunk:#1f2326;--ink:#e7e9eb;
--soft:#a3aab2;--line:#30353a;--bad:#ff9c92;--bad-bg:#3a1c1a;--warn:#f0c26a;--warn-bg:#33270f;
--info:#94c1f5;--info-bg:#152840;--good:#86d79c;--good-bg:#14301d}}
*{box-sizing:border-box}
body{margin:0;background:var(--page);color:var(--ink);font:1rem/1.5 var(--sans);
-webkit-text-size-adjust:100%}
.wrap{max-width:62rem;margin:0 auto;padding:0 1.25rem}
.skip{position:absolute;left:-100vw;padding:.75rem 1rem;background:var(--card);color:var(--ink)}
.skip:focus{left:0;top:0;z-index:1}
:focus-visible{outline:3px solid var(--info);outline-offset:2px;border-radius:2px}
h1,h2,h3,p,dl,dd,ul,pre,figure,table{margin:0;padding:0}
code,pre{font-family:var(--mono);font-size:.875em}
code{overflow-wrap:anywhere}
a{color:var(--info)}
.brand{padding:2.25rem 0 0;color:var(--soft);font-size:.875rem;font-weight:600;letter-spacing:.02em}
.verdict{padding:.5rem 0 1.75rem}
.verdict h1{font-size:clamp(2.25rem,7vw,3.25rem);line-height:1.1;letter-spacing:-.025em;
font-weight:700;color:var(--tone)}
.verdict p{margin-top:.5rem;font-size:1.125rem;overflow-wrap:anywhere}
.pass{--tone:var(--good);--back:var(--good-bg)}
.fail,.error{--tone:var(--bad);--back:var(--bad-bg)}
.warning{--tone:var(--warn);--back:var(--warn-bg)}
.info{--tone:var(--info);--back:var(--info-bg)}
.calm{--tone:var(--soft);--back:var(--sunk)}
.counts{display:grid;grid-template-columns:repeat(auto-fit,minmax(6.25rem,1fr));
border:1px solid var(--line);border-radius:10px;background:var(--card)}
.counts div{padding:.875rem 1.125rem;display:flex;flex-direction:column-reverse;
justify-content:flex-end}
.counts dt{color:var(--soft);font-size:.875rem}
.counts dd{font-size:1.5rem;line-height:1.25;font-weight:600;font-variant-numeric:tabular-nums;
color:var(--tone)}
.counts .none{--tone:var(--soft)}
.block{margin-top:2.75rem}
.block>h2{font-size:1.25rem;letter-spacing:-.01em;margin-bottom:.875rem}
.card{background:var(--card);border:1px solid var(--line);border-radius:10px}
.card+.card{margin-top:.875rem}
.body{padding:0 1.375rem 1.375rem}
.bare{padding-top:1.375rem}
.part{margin-top:1.75rem}
.body>.part:first-child{margin-top:.375rem}
h3{font-size:.9375rem;font-weight:600;margin-bottom:.625rem}
details>summary{cursor:pointer;list-style:none;display:flex;flex-wrap:wrap;gap:.375rem .875rem;
align-items:baseline;padding:1.0625rem 1.375rem}
details>summary::-webkit-details-marker{display:none}
summary::after{content:"";align-self:center;width:.5rem;height:.5rem;margin-left:.25rem;
border:solid var(--soft);border-width:0 2px 2px 0;transform:translateY(-2px) rotate(45deg)}
details[open]>summary::after{transform:translateY(2px) rotate(225deg)}
summary h2{font-size:1.1875rem;letter-spacing:-.01em;overflow-wrap:anywhere}
summary .versions{flex:1 1 auto}
.soft{color:var(--soft)}
.small{font-size:.875rem}
.versions,.num,.place{font-variant-numeric:tabular-nums}
.tag{display:inline-block;padding:.125rem .5rem;border-radius:5px;font-size:.8125rem;
font-weight:600;line-height:1.4;white-space:nowrap;color:var(--tone);background:var(--back)}
.finding{padding-left:1rem;border-left:3px solid var(--tone)}
.finding+.finding{margin-top:1.5rem}
.finding .head{display:flex;flex-wrap:wrap;gap:.25rem .625rem;align-items:baseline;
margin-bottom:.3125rem}
.finding .head strong{font-weight:600}
.finding .place{color:var(--soft);font-size:.875rem}
.finding p code{padding:.0625rem .25rem;border-radius:4px;background:var(--sunk)}
.finding p{overflow-wrap:anywhere;max-width:68ch}
.excerpt{margin:.625rem 0;padding:.5625rem .8125rem;border-radius:6px;background:var(--sunk);
white-space:pre-wrap;overflow-wrap:anywhere;line-height:1.55}
.excerpt .line{color:var(--soft);user-select:none;margin-right:1em}
.excerpt mark{background:none;color:var(--tone);font-weight:700;text-decoration:underline;
text-decoration-thickness:2px;text-underline-offset:4px}
.fix{margin-top:.375rem}
.fix b{font-weight:600;color:var(--good)}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:.9375rem}
th,td{text-align:left;padding:.4375rem .75rem;border-bottom:1px solid var(--line);
vertical-align:baseline}
th:first-child,td:first-child{padding-left:0}
th:last-child,td:last-child{padding-right:0}
tr:last-child>*{border-bottom:0}
tbody+tbody tr:first-child>*{border-top:1px solid var(--line)}
thead th{color:var(--soft);font-size:.8125rem;font-weight:600;white-space:nowrap}
tbody th{font-weight:500;overflow-wrap:anywhere;min-width:7rem}
tbody .group{color:var(--soft);font-size:.8125rem;font-weight:600;padding-top:1rem}
.num{text-align:right;white-space:nowrap}
td.num{color:var(--tone,inherit)}
.index a{display:inline-block;min-height:1.5rem;font-weight:500;overflow-wrap:anywhere}
.index th,.index td{padding-top:.5625rem;padding-bottom:.5625rem}
.index{padding:.25rem 1.375rem}
.trends{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(17rem,100%),1fr));gap:1rem}
figure{padding:.875rem 1rem;background:var(--sunk);border-radius:8px}
figcaption{display:flex;flex-wrap:wrap;justify-content:space-between;gap:0 .75rem;font-size:.875rem;
overflow-wrap:anywhere}
figcaption b{font-weight:600}
figure p{font-size:.8125rem;color:var(--soft);font-variant-numeric:tabular-nums;
overflow-wrap:anywhere}
svg{display:block;width:100%;height:auto;margin:.5rem 0;overflow:visible}
svg path{fill:none;stroke:var(--soft);stroke-width:2;stroke-linejoin:round;stroke-linecap:round}
svg .next{stroke-dasharray:1 5}
svg circle{fill:var(--soft);stroke:var(--sunk);stroke-width:2}
svg .now{fill:var(--sunk);stroke:var(--info);stroke-width:3}
svg .base{stroke:var(--line);stroke-width:1}
.facts{display:grid;grid-template-columns:max-content 1fr;gap:.375rem 1.25rem;font-size:.9375rem}
.facts dt{color:var(--soft)}
.facts dd{overflow-wrap:anywhere;min-width:0}
ul{padding-left:1.125rem}
li+li{margin-top:.375rem}
li{overflow-wrap:anywhere}
footer{margin:3.5rem 0 0;padding:1.75rem 0 3rem;border-top:1px solid var(--line)}
footer h2{font-size:.9375rem;margin-bottom:.75rem}
@media (max-width:40rem){.wrap{padding:0 1rem}.body{padding:0 1rem 1.125rem}
.bare{padding-top:1.125rem}.index{padding:.25rem 1rem}details>summary{padding:.9375rem 1rem}
.counts{grid-template-columns:repeat(3,1fr)}.counts div{padding:.75rem .875rem}
.counts div:last-child{grid-column:span 2}
.facts{grid-template-columns:1fr;gap:0}.facts dd{margin-bottom:.625rem}
th,td{padding-left:.5rem;padding-right:.5rem}.brand{padding-top:1.5rem}.block{margin-top:2.25rem}
summary::after{margin-left:auto}summary .versions{flex-basis:100%;order:9}
.metrics,.metrics tbody,.index table,.index tbody{display:block}
.metrics thead,.index thead{position:absolute;width:1px;height:1px;overflow:hidden;
clip-path:inset(50%)}
.metrics tr{display:grid;grid-template-columns:repeat(4,minmax(0,1fr));gap:.25rem .75rem;
padding:.75rem 0;border-bottom:1px solid var(--line)}
.index tr{display:grid;grid-template-columns:minmax(0,1fr) auto;gap:.125rem .75rem;
padding:.75rem 0;border-bottom:1px solid var(--line)}
.metrics tr:last-child,.index tr:last-child{border-bottom:0}
.index th,.index td{display:block;padding:0;border:0!important}
.index td{font-size:.875rem}.index td:nth-child(2){justify-self:end}
.index td:nth-child(3){grid-area:2/2;color:var(--soft)}
.index td:nth-child(3)::before{content:"Findings: "}.index td:nth-child(4){grid-area:2/1}
.metrics th,.metrics td{display:block;padding:0;border:0!important;text-align:left}
.metrics tbody th{grid-column:1/3;min-width:0}.metrics .group{grid-column:1/-1;padding-top:0}
.metrics td:nth-child(2){grid-column:1/-1;grid-row:2;font-size:.8125rem}
.metrics td:nth-child(7){grid-column:3/-1;grid-row:1;justify-self:end}
.metrics td:nth-child(2)::before{content:"Better: "}
.metrics .num{white-space:normal;overflow-wrap:anywhere}
.metrics .num::before{display:block;color:var(--soft);font-size:.75rem;font-weight:400}
.metrics td:nth-child(3)::before{content:"Deployed"}
.metrics td:nth-child(4)::before{content:"Candidate"}
.metrics td:nth-child(5)::before{content:"Delta"}
.metrics td:nth-child(6)::before{content:"Tolerance"}}
@media (forced-colors:active){.finding{border-left-color:CanvasText}.tag{border:1px solid}}
@media print{body{background:#fff}.skip{display:none}.card{break-inside:avoid}}
"""
