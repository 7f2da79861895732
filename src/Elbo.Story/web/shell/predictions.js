// What the reader predicted, by scene, for as long as the page is open; the end of the story shows it again.

const made = new Map();

export const predictionOf = scene => made.get(scene) ?? null;
export const predict = (scene, option) => made.set(scene, option);
