// Adam (Kingma and Ba 2015): a step of about the learning rate in each parameter, whatever the size of its gradient.

const firstDecay = 0.9, secondDecay = 0.999, floor = 1e-8;

export class Adam {
    constructor(count, learningRate, Numbers = Float32Array) {
        this.learningRate = learningRate;
        this.first = new Numbers(count);
        this.second = new Numbers(count);
        this.steps = 0;
    }

    /** Moves the parameters down the gradient. */
    step(parameters, gradient) {
        const { first, second } = this;
        this.steps++;
        // The averages start at zero; what they lack of their weight goes into the step and the floor.
        const correction = Math.sqrt(1 - secondDecay ** this.steps);
        const rate = (this.learningRate * correction) / (1 - firstDecay ** this.steps);
        const lifted = floor * correction;
        for (let i = 0; i < parameters.length; i++) {
            const slope = gradient[i];
            const m = first[i] + (1 - firstDecay) * (slope - first[i]);
            const v = second[i] + (1 - secondDecay) * (slope * slope - second[i]);
            first[i] = m;
            second[i] = v;
            parameters[i] -= (rate * m) / (Math.sqrt(v) + lifted);
        }
    }
}
