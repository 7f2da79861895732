// The training of scene 5 as it happens, in a worker.
//
//   const training = startTraining({ images, onReport, onPace })
//   training.play(speed); training.pause(); training.step(); training.restart(); training.destroy()
//
// onReport({ steps, history, models }): history has [step, terms of the three models] for each step since the last report, models what a
// snapshot shows (engine/trainingShow.js). onPace(steps a second), once, when the first steps have been timed.

import { seed } from '../engine/trainingShow.js';
import { startWorker } from '../engine/workers.js';

const rates = { slow: 4, normal: 15, full: Infinity };

export function startTraining({ images, onReport, onPace }) {
    const worker = startWorker('engine/trainingWorker.js');
    let restarts = 0;

    worker.onmessage = ({ data }) => {
        if (data.pace)
            onPace(data.pace);
        // A report of the training before "start again" may still be on its way.
        if (data.restarts !== restarts)
            return;
        const { steps, history, models } = data;
        onReport({ steps, history: history.map((terms, index) => [steps - history.length + index + 1, terms]), models });
    };
    worker.postMessage({ images, seed });
    return {
        last: 3000,
        isRecorded: false,
        play: speed => worker.postMessage({ rate: rates[speed] }),
        pause: () => worker.postMessage({ rate: 0 }),
        step: () => worker.postMessage({ steps: 1 }),
        restart() {
            restarts++;
            worker.postMessage({ restart: true, rate: 0 });
        },
        destroy: () => worker.terminate(),
    };
}
