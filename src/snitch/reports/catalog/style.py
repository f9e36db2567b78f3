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
svg text{fill:var(--soft);font-size:13px;font-family:var(--sans)}
.listing{padding:.25rem 1.375rem}
.listing th,.listing td{padding-top:.5625rem;padding-bottom:.5625rem;
font-variant-numeric:tabular-nums}
.listing .day,.listing code{white-space:nowrap}
.listing tbody th{max-width:45vw}
.listing a{display:inline-block;min-height:1.5rem;font-weight:500;overflow-wrap:anywhere}
.small+.listing{margin-top:.5rem}
#models td{white-space:nowrap}
#models td:nth-child(3){font-size:.875rem;font-weight:600;color:var(--tone,var(--good))}
.pages ul{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;list-style:none;padding:0;
margin:0 0 .875rem}
.pages li+li{margin:0}
.pages [aria-current]{color:var(--ink);font-weight:600;text-decoration:none}
pre.entry{white-space:pre-wrap;overflow-wrap:anywhere;padding:.875rem 1rem;border-radius:8px;
background:var(--sunk)}
"""
