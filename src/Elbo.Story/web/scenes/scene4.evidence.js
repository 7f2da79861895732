// What the worker of scene 4 knows about an image, as the page's own quadrature.

import { Grid } from '../engine/grid.js';
import { Quadrature } from '../engine/quadrature.js';
import { startWorker } from '../engine/workers.js';

export class EvidenceSource {
    /** received(id, quadrature, best): best is the best axis-aligned ellipse, or null as long as the plane is only roughly known. */
    constructor(layers, received) {
        this.worker = startWorker('engine/evidenceWorker.js');
        this.kept = new Map();
        this.received = received;
        this.worker.onmessage = ({ data: { id, coarse, fine, best, isFinal } }) => {
            const quadrature = new Quadrature(Grid.from(coarse), Grid.from(fine));
            if (isFinal)
                this.kept.set(id, { quadrature, best });
            received(id, quadrature, best);
        };
        this.worker.postMessage({ layers: layers.map(({ inputs, outputs, weight, bias }) => ({ inputs, outputs, weight, bias })) });
    }

    /** id names the image: what was computed for it is kept. */
    ask(id, image, { mean, deviation }) {
        const known = this.kept.get(id);
        if (known)
            this.received(id, known.quadrature, known.best);
        else
            this.worker.postMessage({ id, image, mean: [...mean], deviation: [...deviation] });
    }

    destroy() {
        this.worker.terminate();
    }
}
