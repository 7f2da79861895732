// The scenes, in the article's order. A page shows those whose packs it holds; a page without packs of its own (development, the studio)
// shows all.

import { hasPack, holdsPacks } from '../engine/packs.js';
import scene1 from '../scenes/scene1.js';
import scene2 from '../scenes/scene2.js';
import scene3 from '../scenes/scene3.js';
import scene4 from '../scenes/scene4.js';
import scene5 from '../scenes/scene5.js';
import scene6 from '../scenes/scene6.js';
import scene7 from '../scenes/scene7.js';
import scene8 from '../scenes/scene8.js';
import scene9 from '../scenes/scene9.js';

const all = [scene1, scene2, scene3, scene4, scene5, scene6, scene7, scene8, scene9];

export function availableScenes() {
    const isAlone = holdsPacks();
    return all.filter(scene => !isAlone || [...scene.packs, ...scene.later ?? []].every(hasPack));
}
