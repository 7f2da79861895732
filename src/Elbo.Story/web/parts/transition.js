// A movement of a few tenths of a second: step(progress) with progress 0..1, eased, once a frame; at once with 1 where motion is unwanted.
//
//   const stop = transition(350, progress => ..., isReduced);

export function transition(duration, step, isReduced = false) {
    if (isReduced) {
        step(1);
        return () => {};
    }
    const start = performance.now();
    let frame = 0;

    function next(now) {
        const share = Math.min(1, Math.max(0, (now - start) / duration));
        step(1 - (1 - share) ** 3);
        if (share < 1)
            frame = requestAnimationFrame(next);
    }

    frame = requestAnimationFrame(next);
    return () => cancelAnimationFrame(frame);
}

export const mixed = (from, to, share) => from.map((value, index) => value + (to[index] - value) * share);
