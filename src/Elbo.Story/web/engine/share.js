// How often something was so: a share and its standard error.
//
//   const share = createShare();
//   share.add(true); share.count; share.value; share.error
//
// The error is that of a binomial proportion with two successes and two failures added (Agresti and Coull 1998): with none of eight it is
// not zero, and with thousands it is the usual one.

export function createShare() {
    let [count, hits] = [0, 0];
    return {
        add(isHit) {
            count++;
            hits += isHit ? 1 : 0;
        },
        get count() { return count; },
        get value() { return count ? hits / count : 0; },
        get error() {
            const shrunk = (hits + 2) / (count + 4);
            return Math.sqrt(shrunk * (1 - shrunk) / (count + 4));
        },
    };
}
