// A small classifier of digits: what a picture "reads as".
//
//   const classifier = createClassifier(pack);       // tensors network.0.weight ... (or classifier.0.weight ...), ten outputs
//   classifier.read(image) -> { label, confidence }  // the most probable label and its probability

import { createNetwork, readLayers } from './network.js';

export function createClassifier(pack) {
    const part = ['classifier', 'network', 'encoder', 'decoder'].find(name => pack.tensors.has(`${name}.0.weight`));
    const network = createNetwork(readLayers(pack, part));

    function read(image) {
        const scores = network.run(image);
        let best = 0;
        for (let label = 1; label < scores.length; label++) {
            if (scores[label] > scores[best])
                best = label;
        }
        const sum = scores.reduce((total, score) => total + Math.exp(score - scores[best]), 0);
        return { label: best, confidence: 1 / sum };
    }

    return { read };
}
