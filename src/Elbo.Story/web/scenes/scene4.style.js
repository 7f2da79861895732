export const style = `
.be-encoder {
    --reader: light-dark(#b3261e, #ff8a75);
    --posterior: light-dark(#0b7285, #4dc4d9);
    --answer: light-dark(#5f3dc4, #b9a5ff);
    --elbo: light-dark(#1f5fae, #8dbdf5);
    --gap: light-dark(#f2a33a, #f0ad4e);
    --onGap: #241a08;
    --reconstruction: light-dark(#2b7a4b, #7fcf9b);
    --kl: light-dark(#8a3f8f, #dd9fe0);
    --ink: var(--text, light-dark(#1d2126, #ecebe7));
    --muted: light-dark(#5c636b, #a3a8ae);
    --paper: light-dark(#fdfcf9, #17191d);
    --line: light-dark(#d5d2ca, #3a3e45);
    color: var(--ink);
    font: 15px/1.4 system-ui, sans-serif;
    display: grid;
    gap: 10px;
    grid-template-columns: minmax(0, 1fr);
}
.be-encoder [hidden] { display: none !important; }
.be-encoder .fill { display: block; width: 100%; height: 100%; }
.be-encoder .evidence-bar { height: 114px; }
.be-encoder .planes { display: grid; gap: 10px; grid-template-columns: minmax(0, 1fr) minmax(96px, 27%); }
.be-encoder .ellipse-plane {
    position: relative; box-sizing: border-box; border: 1px solid var(--line); border-radius: 10px; background: var(--paper); overflow: hidden;
    touch-action: none; cursor: grab; -webkit-user-select: none; user-select: none;
}
.be-encoder .ellipse-plane:active { cursor: grabbing; }
.be-encoder .main { height: clamp(230px, 46vh, 440px); }
.be-encoder .side { display: grid; gap: 8px; align-content: start; grid-template-columns: minmax(0, 1fr); }
.be-encoder .overview { aspect-ratio: 1; }
.be-encoder .pictures { display: grid; grid-template-columns: 1fr 1fr; gap: 8px; margin: 0; }
.be-encoder figure { margin: 0; }
.be-encoder figure canvas { display: block; width: 100%; image-rendering: pixelated; border-radius: 6px; background: #000; }
.be-encoder figcaption { font-size: 12px; color: var(--muted); line-height: 1.2; margin-top: 3px; }
.be-encoder .row { display: flex; flex-wrap: wrap; gap: 8px; align-items: center; }
.be-encoder .digits { display: flex; gap: 6px; overflow-x: auto; padding: 3px; margin: -3px; scrollbar-width: thin; }
.be-encoder button {
    font: inherit; color: var(--ink); background: var(--paper); border: 1px solid var(--muted); border-radius: 8px; min-height: 44px; min-width: 44px;
    padding: 0 12px; cursor: pointer; flex: none;
}
.be-encoder .digits button { padding: 3px; line-height: 0; }
.be-encoder .digits button canvas { width: 36px; height: 36px; border-radius: 4px; }
.be-encoder .digits .draw { line-height: 1; padding: 0 10px; }
.be-encoder button[aria-pressed='true'] { border-color: var(--elbo); box-shadow: 0 0 0 2px var(--elbo); }
.be-encoder :focus-visible { outline: 3px solid var(--elbo); outline-offset: 2px; }
.be-encoder table { border-collapse: collapse; font-variant-numeric: tabular-nums; width: 100%; max-width: 640px; font-size: 14px; }
.be-encoder th, .be-encoder td { text-align: right; padding: 3px 6px; border-bottom: 1px solid var(--line); font-weight: 400; }
.be-encoder th:first-child { text-align: left; }
.be-encoder tbody th::before { content: ''; display: inline-block; width: 10px; height: 10px; border-radius: 50%; margin-right: 6px; background: var(--dot); }
.be-encoder .sliders { display: grid; grid-template-columns: repeat(auto-fit, minmax(150px, 1fr)); gap: 4px 16px; }
.be-encoder .sliders label { display: grid; font-size: 13px; color: var(--muted); }
.be-encoder .sliders input { height: 44px; accent-color: var(--reader); width: 100%; margin: 0; }
.be-encoder summary { min-height: 44px; display: flex; align-items: center; cursor: pointer; }
.be-encoder .pad { width: 196px; height: 196px; border-radius: 10px; touch-action: none; cursor: crosshair; background: #000; }
@media (min-width: 900px) {
    .be-encoder .planes { grid-template-columns: minmax(0, 1fr) 250px; }
}
@media (max-width: 480px) {
    .be-encoder .main { height: clamp(210px, 38vh, 320px); }
    .be-encoder .planes { gap: 8px; }
    .be-encoder th, .be-encoder td { padding: 2px 3px; font-size: 13px; }
}
`;
