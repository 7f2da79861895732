// The training of scene 5 as it was recorded, with the same parts as the one that happens (liveTraining.js): a step is the next of the
// recorded ones. The terms in its history are means over the steps since the one before.

import { readRecording } from '../engine/recording.js';

const pauses = { slow: 1500, normal: 700, full: 200 };

/** after: the step that has been reached; what was recorded up to it is shown at once. */
export function playRecording({ pack, after, onReport }) {
    const recording = readRecording(pack);
    let [at, timer] = [-1, 0];

    function show(index) {
        const history = [];
        for (let n = at + 1; n <= index; n++) {
            const { steps, terms } = recording.frame(n);
            if (terms)
                history.push([steps, terms]);
        }
        at = index;
        const { steps, models } = recording.frame(at);
        onReport({ steps, history, models });
    }

    function next() {
        if (at < recording.count - 1)
            show(at + 1);
    }

    const pause = () => clearInterval(timer);
    return {
        count: recording.count,
        last: recording.step(recording.count - 1),
        isRecorded: true,
        /** Shows where it begins. */
        begin() {
            let index = 0;
            while (index < recording.count - 1 && recording.step(index) < after)
                index++;
            show(index);
        },
        play(speed) {
            pause();
            timer = setInterval(next, pauses[speed]);
        },
        pause,
        step: next,
        restart() {
            pause();
            at = -1;
            show(0);
        },
        destroy: pause,
    };
}
