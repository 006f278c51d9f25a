"""The styles that streamlit's theme has no setting for."""

from string import Template

STYLE = Template("""<style>
.block-container, .stMainBlockContainer { max-width: 1320px; padding-top: 3.6rem; padding-bottom: 3rem; }
.st-key-held-in-address, .st-key-held-in-address-talk { display: none; }
.st-key-top { gap: .4rem; }
h1 { font-size: 1.75rem; font-weight: 600; line-height: 1.25; margin: 0; padding: 0; letter-spacing: -.005em; text-wrap: balance; }
h3[id], .value[id] { scroll-margin-top: 5.5rem; }
h1:lang(ja) { word-break: auto-phrase; }
h2 { font-size: 1.2rem; font-weight: 600; margin: .9rem 0 0; padding: 0; }
h3 { font-size: 1.05rem; font-weight: 600; margin: 0; padding: 0; line-height: 1.35; }
.showing { color: $muted; margin: .2rem 0 0; }
.showing strong { color: $text; margin-right: .55em; }
.subtitle, .foot { color: $muted; font-size: .86rem; margin: .1rem 0 0; }
.foot { font-size: .8rem; }
.on-paper { display: none; }
.stElementContainer:has(> .stHtml > .part), .stHtml:has(> .part) { display: contents; }
.part { width: 100%; } .part.below { order: 1; } [class*="st-key-more-"], [class*="st-key-more-"] ~ * { order: 2; }
.badge { display: inline-flex; gap: .6em; align-items: baseline; border: 1px solid $japan; border-left-width: 4px;
  border-radius: 6px; padding: .2rem .7rem; font-size: .84rem; color: $text; flex-wrap: wrap; }
.badge strong { color: $japan; }
.notice { border: 1px solid $border; border-left: 4px solid $eu; border-radius: 6px; padding: .45rem .8rem;
  background: $panel; font-size: .9rem; }
[data-testid="stBaseButton-primary"]:enabled, [data-testid="stBaseButton-primary"]:enabled p { color: $page; }
.stMultiSelect [data-tag], .stMultiSelect [data-tag] :is(span, button) { color: $page; }
.problems { border-collapse: collapse; width: 100%; font-size: .86rem; margin: .2rem 0; }
.problems th { text-align: left; color: $muted; font-weight: 600; white-space: nowrap; }
.problems th, .problems td { border-bottom: 1px solid $grid; padding: .3rem .6rem .3rem 0; vertical-align: top; overflow-wrap: anywhere; }
.problems td { min-width: 6em; } .problems td:nth-child(1) { min-width: 6.8em; } .problems td:nth-child(3) { min-width: 2em; } .problems td:nth-child(4) { min-width: 7.6em; }
.problems td:nth-child(n+6) { min-width: 9em; }
.prose { max-height: 34rem; overflow: auto; border: 1px solid $grid; border-radius: 6px; margin: .2rem 0; }
.prose table { border-collapse: separate; border-spacing: 0; width: 100%; font-size: .88rem; }
.prose th { position: sticky; top: 0; background: $panel; text-align: left; color: $muted; font-weight: 600; white-space: nowrap; }
.prose th, .prose td { border-bottom: 1px solid $grid; padding: .35rem .7rem; vertical-align: top; }
.prose .short { white-space: nowrap; } .prose .number { text-align: right; font-variant-numeric: tabular-nums; }
.empty { border: 1px dashed $border; border-radius: 6px; padding: 1.4rem; color: $muted; text-align: center; text-wrap: balance; }
.empty strong { color: $text; display: block; }
:is(.tiles, [class*="st-key-tiles-"]) { display: grid !important; grid-template-columns: repeat(auto-fit, minmax(184px, 1fr)); gap: .7rem; align-items: stretch !important; }
[class*="st-key-tiles-"] > * { min-width: 0; width: auto !important; height: auto !important; display: flex; }
.tile { border: 1px solid $border; border-radius: 8px; display: flex; flex-direction: column; }
[class*="st-key-tile-"] > :last-child, [class*="st-key-tile-"] > :last-child > [data-testid="stHtml"] { flex: 1 1 auto; display: flex; flex-direction: column; }
:is(.tile, [class*="st-key-tile-"]) { min-width: 0; width: 100% !important; height: 100%; padding: .75rem .9rem .45rem; }
.tile .name, [class*="st-key-tile-"] [data-testid="stPageLink"] p { font-size: .92rem; line-height: 1.3; font-weight: 600; color: $text; }
[class*="st-key-tile-"] [data-testid="stPageLink"] a { padding: 0; min-height: 0; background: none; }
[class*="st-key-tile-"] [data-testid="stPageLink"] p { white-space: normal;
  text-decoration: underline; text-decoration-color: $border; text-underline-offset: 3px; }
[class*="st-key-tile-"] [data-testid="stPageLink"] a:hover p { text-decoration-color: $eu; }
.defines { display: block; background: none; border: 0; cursor: pointer; padding: 0; min-height: 1.6rem; font-size: .8rem; color: $muted;
  margin-top: auto; align-self: flex-start; }
.defines:hover { color: $eu; }
.about { position: fixed; inset: 0; margin: auto; width: min(46rem, 92vw); height: fit-content; max-height: 86vh; overflow: auto;
  border: 1px solid $border; border-radius: 8px; padding: 1rem 1.3rem 1.2rem; background: $page; color: $text; }
.about::backdrop { background: rgb(0 0 0 / .45); }
.about-head { display: flex; justify-content: space-between; align-items: baseline; gap: 1rem; font-size: 1.15rem; }
.closes { background: none; border: 0; cursor: pointer; color: $muted; font-size: 1rem; padding: .2rem .4rem; } .closes:hover { color: $eu; }
.value { font-size: 1.7rem; font-weight: 600; line-height: 1.25; font-variant-numeric: tabular-nums; margin-top: .25rem; }
.value small { font-size: .9rem; font-weight: 500; color: $muted; }
:is(.tile, [class*="st-key-tile-"]) :is(.detail, .change, .published) { color: $muted; font-size: .79rem; line-height: 1.3; min-height: 1.3em; }
.spark { height: 38px; margin: .15rem 0; } .spark img { display: block; width: 100%; height: 38px; }
.status { font-size: .84rem; line-height: 1.3; }
.status .shape { font-size: .72em; }
.status.behind .shape { color: $japan; } .status.ahead .shape { color: $eu; } .status.none { color: $muted; }
[data-testid="stFullScreenFrame"]:has([data-testid="stDeckGlJsonChart"]) [data-testid="stElementToolbar"] { top: .6rem; right: 3.4rem; }
.findings { list-style: none !important; margin: .1rem 0 0 !important; padding: 0 !important; columns: 2 420px; column-gap: 2rem; }
.findings li { margin: 0 0 .3rem; padding-left: 1.3em; text-indent: -1.3em; break-inside: avoid; font-size: .95rem; line-height: 1.4; }
.findings .shape { display: inline-block; width: 1.625em; text-indent: 0; font-size: .8em; color: $muted; }
.findings .bad { color: $japan; } .findings .good { color: $eu; }
.findings a { color: $text !important; text-decoration: underline; text-decoration-color: $border; text-underline-offset: 3px; }
.findings a:hover { text-decoration-color: $eu; }
.definition, .definition dt, .definition dd { margin-left: 0 !important; padding-left: 0 !important; }
.definition { margin-top: 0; } .definition dt { font-weight: 600; font-size: .86rem; margin-top: .5rem; }
.definition dd { color: $text; font-size: .92rem; }
.folded { border: 1px solid $border; border-radius: 6px; margin: 0 0 .35rem; padding: .45rem .8rem; }
.folded summary { cursor: pointer; font-size: .95rem; } .folded summary:hover { color: $eu; }
[class*="st-key-programme-"] .definition { columns: 2 420px; column-gap: 2rem; } [class*="st-key-programme-"] dt { break-after: avoid; margin-top: 0; } [class*="st-key-programme-"] dd { margin-bottom: .5rem; }
.card-grid { display: grid; grid-template-columns: repeat(auto-fit, minmax(220px, 1fr)); gap: .4rem 1.2rem; }
.card-grid h4 { font-size: .86rem; font-weight: 600; margin: .4rem 0 .1rem; padding: 0; }
.card-grid ul { margin: 0; padding-left: 1.1rem; } .card-grid li { font-size: .9rem; margin: 0; }
.milestones { columns: 2 320px; margin: .2rem 0 0; padding-left: 1.4rem; font-size: .84rem; color: $muted; }
.milestones li { margin: 0 0 .1rem; break-inside: avoid; }
.legend { display: flex; flex-wrap: wrap; gap: .2rem 1.1rem; font-size: .84rem; color: $muted; margin: .2rem 0; }
.legend i { display: inline-block; width: .8em; height: .8em; border-radius: 50%; margin-right: .4em; }
.legend i.line { height: 3px; border-radius: 2px; width: 1.3em; vertical-align: middle; }
.talk-line { margin: 0; display: flex; gap: .8em; align-items: baseline; } .talk-line .place { color: $muted; min-width: 1.6em; text-align: right; font-variant-numeric: tabular-nums; }
.talk-line .nothing { color: $japan; font-size: .84rem; white-space: nowrap; }
:is([class*="st-key-talk-up-"], [class*="st-key-talk-down-"], [class*="st-key-talk-remove-"]) button p { font-size: 0; } :is([class*="st-key-talk-up-"], [class*="st-key-talk-down-"], [class*="st-key-talk-remove-"]) button p::before { font-size: 1rem; content: "↑"; } [class*="st-key-talk-down-"] button p::before { content: "↓"; } [class*="st-key-talk-remove-"] button p::before { content: "✕"; }
[class*="st-key-talk-line-"] { border-bottom: 1px solid $grid; padding: .1rem 0; flex-wrap: nowrap; } [class*="st-key-talk-line-"] > :first-child { flex: 1 1 auto; min-width: 0; }
.starting { display: flex; flex-wrap: wrap; gap: .4rem 1rem; align-items: center; margin: .4rem 0; }
a.start { background: $eu; color: $page !important; font-weight: 600; padding: .55rem 1.2rem; border-radius: 6px; text-decoration: none; }
a.start:hover, a.start:focus-visible { text-decoration: underline; }
</style>""")
