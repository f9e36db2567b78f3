"""What the site's style sheet adds to the report's."""

from __future__ import annotations

MORE = """
.wide{max-width:80rem}
.crumb{display:block;padding:2.25rem 0 0;font-size:.875rem}
.title{font-size:clamp(1.75rem,5vw,2.5rem);line-height:1.15;letter-spacing:-.02em;
overflow-wrap:anywhere;margin:.25rem 0}
.tools{display:flex;flex-wrap:wrap;gap:.5rem 1rem;align-items:end;margin-bottom:.875rem}
.tools label{font-size:.875rem;font-weight:600}
.tools input{display:block;width:min(24rem,80vw);margin-top:.25rem;padding:.5rem .75rem;
font:inherit;color:var(--ink);background:var(--card);border:1px solid var(--soft);border-radius:8px}
[hidden]{display:none!important}
thead button{font:inherit;color:inherit;background:none;border:0;padding:.25rem 0;cursor:pointer;
min-height:1.5rem}
thead [aria-sort] button::after{content:" \\2191"}
thead [aria-sort=descending] button::after{content:" \\2193"}
.plots{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(24rem,100%),1fr));gap:1rem}
svg .mark{stroke:var(--warn);stroke-width:1;stroke-dasharray:3 3}
svg text{fill:var(--soft);font-size:10px;font-family:var(--sans)}
#models td{font-variant-numeric:tabular-nums}
#models td:last-child{font-size:.875rem;font-weight:600;color:var(--tone,var(--good))}
.pages ul{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;list-style:none;padding:0;
margin:0 0 .875rem}
.pages li+li{margin:0}
.pages [aria-current]{color:var(--ink);font-weight:600;text-decoration:none}
pre.entry{white-space:pre-wrap;overflow-wrap:anywhere;padding:.875rem 1rem;border-radius:8px;
background:var(--sunk)}
"""
