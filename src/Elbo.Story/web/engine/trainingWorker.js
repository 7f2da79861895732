// The worker behind "Two pulls".
//   in:  { images, seed } once; { rate }: steps a second, 0 for none, Infinity for as many as go; { steps }: so many now; { restart: true }
//   out: { restarts, steps, history, models: [{ codes, pictures }] }, at most ten times a second; history: both terms of each model,
//        for all steps since the last report

import { TrainingShow } from './trainingShow.js';

const interval = 100;

let show = null, seed = 1, restarts = 0, rate = 0, owed = 0, last = 0, history = [], timer = 0, reported = 0;

self.onmessage = ({ data }) => {
    if (data.images) {
        seed = data.seed;
        show = new TrainingShow(data.images, seed);
    }
    if (data.restart) {
        show.restart(seed);
        restarts++;
        history = [];
    }
    if (data.rate !== undefined) {
        rate = data.rate;
        last = performance.now();
        owed = 0;
    }
    for (let n = 0; n < (data.steps ?? 0); n++)
        step();
    report();
    clearTimeout(timer);
    if (rate > 0)
        timer = setTimeout(run, 0);
};

/** Steps for the time that has passed, but no longer than a report's interval: a slow device trains slower and stays responsive. */
function run() {
    const now = performance.now(), end = now + interval;
    owed = Math.min(owed + ((now - last) / 1000) * rate, rate);
    last = now;
    while ((rate === Infinity || owed >= 1) && performance.now() < end) {
        step();
        owed--;
    }
    if (performance.now() - reported >= interval)
        report();
    timer = setTimeout(run, rate === Infinity ? 0 : 10);
}

function step() {
    history.push(show.step().map(({ reconstruction, kl }) => [reconstruction, kl]));
}

function report() {
    reported = performance.now();
    self.postMessage({ restarts, steps: show.steps, history, models: show.snapshot() });
    history = [];
}
