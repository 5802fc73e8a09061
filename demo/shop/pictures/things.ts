import type { Tone } from './color.js';

/** Draws one thing standing on y = 470 of a field of 600 by 600. `round` and `lit` are gradients of the picture. */
type Draw = (tone: Tone) => string;

const lamp: Draw = ({ main, deep, dark }) => `
  <ellipse cx="300" cy="250" rx="210" ry="190" fill="url(#glow)"/>
  <path d="M286 268h28v176h-28z" fill="url(#round)"/>
  <path d="M214 470c0-20 38-34 86-34s86 14 86 34z" fill="url(#round)"/>
  <path d="M142 272c0-92 70-150 158-150s158 58 158 150c0 12-10 18-22 18H164c-12 0-22-6-22-18z" fill="url(#round)"/>
  <path d="M150 284c40 14 260 14 300 0-2 5-8 6-14 6H164c-6 0-12-1-14-6z" fill="#fff6d8"/>
  <path d="M190 232c10-44 44-74 84-82" fill="none" stroke="#fff" stroke-opacity=".45" stroke-width="12" stroke-linecap="round"/>
  <circle cx="300" cy="384" r="7" fill="${deep}"/><path d="M142 272c0 2 0 4 1 6" stroke="${dark}"/><circle cx="300" cy="118" r="9" fill="${main}"/>`;

const chair: Draw = ({ main, light, dark, deep }) => `
  <path d="M188 404l-26 66M412 404l26 66M232 410l-8 52M368 410l8 52" stroke="#b98752" stroke-width="15" stroke-linecap="round"/>
  <path d="M178 178c0-46 34-76 78-76h88c44 0 78 30 78 76v150H178z" fill="url(#round)"/>
  <path d="M206 186c0-34 22-56 54-56h80c32 0 54 22 54 56v120H206z" fill="${main}"/>
  <path d="M300 132v170" stroke="${dark}" stroke-width="3" stroke-opacity=".55"/>
  <path d="M132 268c0-24 18-38 40-38s38 16 38 38v146h-36c-24 0-42-16-42-40z" fill="${dark}"/>
  <path d="M468 268c0-24-18-38-40-38s-38 16-38 38v146h36c24 0 42-16 42-40z" fill="${deep}"/>
  <path d="M196 322c0-20 14-30 32-30h144c18 0 32 10 32 30v72c0 16-12 28-28 28H224c-16 0-28-12-28-28z" fill="url(#round)"/>
  <path d="M214 322c0-10 6-16 18-16h136c12 0 18 6 18 16" fill="none" stroke="${light}" stroke-width="5" stroke-linecap="round" stroke-opacity=".8"/>`;

const vase: Draw = ({ deep, dark }) => `
  <path d="M296 170c-8-60-40-92-84-112" fill="none" stroke="#5b7a4f" stroke-width="7" stroke-linecap="round"/>
  <path d="M306 170c2-64 22-102 72-128" fill="none" stroke="#5b7a4f" stroke-width="7" stroke-linecap="round"/>
  <path d="M300 170c0-44-2-86-12-124" fill="none" stroke="#5b7a4f" stroke-width="7" stroke-linecap="round"/>
  <g fill="#e9b949"><circle cx="208" cy="58" r="22"/><circle cx="382" cy="42" r="26"/><circle cx="286" cy="42" r="20"/></g>
  <g fill="#c98a1b"><circle cx="208" cy="58" r="8"/><circle cx="382" cy="42" r="9"/><circle cx="286" cy="42" r="7"/></g>
  <path d="M262 102c-26-4-42 8-50 24 24 6 42-2 50-24zM344 96c26-2 40 10 46 28-24 4-40-6-46-28z" fill="#7d9b6c"/>
  <path d="M262 168h76c4 0 6 4 5 8-6 34 73 76 73 168 0 76-46 126-116 126s-116-50-116-126c0-92 79-134 73-168-1-4 1-8 5-8z" fill="url(#round)"/>
  <ellipse cx="300" cy="170" rx="40" ry="9" fill="${deep}"/>
  <path d="M190 372c60 30 160 30 220 0" fill="none" stroke="${dark}" stroke-width="5" stroke-opacity=".4"/>
  <path d="M224 268c-18 24-24 50-22 84" fill="none" stroke="#fff" stroke-opacity=".4" stroke-width="13" stroke-linecap="round"/>`;

const kettle: Draw = ({ main, dark, deep }) => `
  <path d="M198 236c0-110 204-110 204 0" fill="none" stroke="#9a6b3c" stroke-width="20" stroke-linecap="round"/>
  <path d="M412 316c46-6 62-32 70-72 2-10 16-12 24-6l10 8c-16 70-44 118-104 132z" fill="${dark}"/>
  <path d="M152 400c0-98 62-166 148-166s148 68 148 166c0 48-30 70-72 70H224c-42 0-72-22-72-70z" fill="url(#round)"/>
  <path d="M226 248c18-22 130-22 148 0-22 16-126 16-148 0z" fill="${main}"/><path d="M226 248c22 16 126 16 148 0 0 8-6 14-20 18-30 8-78 8-108 0-14-4-20-10-20-18z" fill="${deep}" fill-opacity=".5"/>
  <circle cx="300" cy="220" r="17" fill="#9a6b3c"/>
  <path d="M186 380c4-44 22-76 48-96" fill="none" stroke="#fff" stroke-opacity=".45" stroke-width="13" stroke-linecap="round"/>
  <path d="M160 436h280" stroke="${dark}" stroke-width="4" stroke-opacity=".4"/>`;

const mugs: Draw = ({ light, dark, deep }) => `
  <path d="M384 226c66-10 78 96 4 104" fill="none" stroke="${dark}" stroke-width="20"/>
  <path d="M224 180h172v118c0 28-18 46-46 46h-80c-28 0-46-18-46-46z" fill="url(#round)"/>
  <ellipse cx="310" cy="180" rx="86" ry="19" fill="${deep}"/><ellipse cx="310" cy="184" rx="72" ry="13" fill="#5a3a26"/>
  <path d="M386 352c66-10 78 96 4 104" fill="none" stroke="${dark}" stroke-width="20"/>
  <path d="M196 312h196v112c0 28-18 46-46 46H242c-28 0-46-18-46-46z" fill="url(#round)"/>
  <path d="M196 312c20 22 176 22 196 0" fill="none" stroke="${light}" stroke-width="6"/>
  <path d="M196 392h196v20H196z" fill="#f6f1e6" fill-opacity=".85"/>
  <path d="M226 342v38" stroke="#fff" stroke-opacity=".45" stroke-width="12" stroke-linecap="round"/>
  <path d="M286 136c-14-20 14-28 0-52M334 136c-14-20 14-28 0-52" fill="none" stroke="#fff" stroke-opacity=".75" stroke-width="7" stroke-linecap="round"/>`;

const clock: Draw = ({ main, dark }) => `
  <circle cx="306" cy="292" r="182" fill="#14182b" fill-opacity=".14"/>
  <circle cx="300" cy="280" r="182" fill="url(#round)"/><circle cx="300" cy="280" r="158" fill="#fbf9f4"/>
  <g stroke="#2b303b" stroke-width="7" stroke-linecap="round"><path d="M300 142v22M300 396v22M162 280h22M416 280h22"/></g>
  <g stroke="#2b303b" stroke-opacity=".4" stroke-width="4" stroke-linecap="round"><path d="M369 160l-6 11M420 211l-11 6M420 349l-11-6M369 400l-6-11M231 400l6-11M180 349l11-6M180 211l11 6M231 160l6 11"/></g>
  <path d="M300 280l-62-58" stroke="${main}" stroke-width="20" stroke-linecap="round"/>
  <path d="M300 280l62-84" stroke="#2b303b" stroke-width="9" stroke-linecap="round"/>
  <circle cx="300" cy="280" r="15" fill="${dark}"/><circle cx="300" cy="280" r="5" fill="#fbf9f4"/>`;

const shelf: Draw = ({ dark, light }) => `
  <path d="M196 60l-26 410M404 60l26 410" stroke="url(#round)" stroke-width="17" stroke-linecap="round"/>
  <g fill="url(#round)"><path d="M190 128h220l2 16H188zM178 236h244l2 17H176zM168 344h264l2 18H166zM158 452h284l2 18H156z"/></g>
  <g fill="${light}"><path d="M190 128h220v4H190zM178 236h244v4H178zM168 344h264v4H168z"/></g>
  <g><path d="M226 166h20v70h-20z" fill="#2f4fd0"/><path d="M248 178h16v58h-16z" fill="#eaa51c"/><path d="M266 160h22v76h-22z" fill="#c8512d"/><path d="M292 174l18-5 20 65-16 2z" fill="#4f7a4d"/></g>
  <path d="M352 128V98c0-14 36-14 36 0v30z" fill="#c8512d"/><path d="M370 92c-14-20-12-34 0-48 12 14 14 28 0 48z" fill="#5b8a52"/>
  <path d="M214 344c-16-40 68-40 52 0z" fill="#e9e4da"/><path d="M318 344v-62h76v62z" fill="#2b303b"/><path d="M328 292h56v42h-56z" fill="#dfe5fb"/><circle cx="356" cy="314" r="12" fill="#eaa51c"/>
  <path d="M212 392h92v60h-92z" fill="#d7c3a1"/><path d="M212 404h92M212 416h92M212 428h92M212 440h92" stroke="#b79c6f" stroke-width="3"/>
  <path d="M338 452c-10-50 70-50 60 0z" fill="#7c3b5e"/><path d="M404 60l26 410" stroke="${dark}" stroke-opacity=".25" stroke-width="6"/>`;

const planter: Draw = ({ dark }) => `
  <path d="M238 372l-24 98M362 372l24 98M300 388v78" stroke="#a5764a" stroke-width="15" stroke-linecap="round"/>
  <g fill="#3f6b45"><path d="M300 250c-70-20-120-80-124-160 78 12 124 70 124 160z"/><path d="M300 250c60-26 108-84 104-166-72 16-110 78-104 166z"/></g>
  <g fill="#5b8a52"><path d="M298 252c-92 10-148-24-176-84 70-14 142 14 176 84z"/><path d="M302 252c88 6 146-32 168-94-68-8-140 22-168 94z"/><path d="M300 252c-34-60-30-140 4-206 38 66 36 146-4 206z"/></g>
  <path d="M300 246c-6-70-4-130 3-186M300 246c-44-36-92-60-150-68M300 246c40-36 90-62 142-76" fill="none" stroke="#2f5236" stroke-width="4" stroke-opacity=".6"/>
  <path d="M190 244h220l-20 124c-4 20-18 30-36 30H246c-18 0-32-10-36-30z" fill="url(#round)"/>
  <path d="M190 244h220l-3 20H193z" fill="${dark}" fill-opacity=".55"/>
  <path d="M222 282l10 74" stroke="#fff" stroke-opacity=".45" stroke-width="12" stroke-linecap="round"/>`;

const stool: Draw = ({ main, dark, deep }) => `
  <path d="M222 262l-44 208M378 262l44 208M300 262v208" stroke="${deep}" stroke-width="19" stroke-linecap="round"/>
  <path d="M222 262l-44 208M378 262l44 208" stroke="url(#round)" stroke-width="19" stroke-linecap="round"/>
  <path d="M200 386h200" stroke="${dark}" stroke-width="14" stroke-linecap="round"/>
  <path d="M154 226h292v26c0 14-66 26-146 26s-146-12-146-26z" fill="${dark}"/>
  <ellipse cx="300" cy="226" rx="146" ry="30" fill="url(#round)"/>
  <g fill="none" stroke="${dark}" stroke-opacity=".45" stroke-width="3"><ellipse cx="300" cy="226" rx="104" ry="20"/><ellipse cx="300" cy="226" rx="60" ry="11"/><ellipse cx="300" cy="226" rx="22" ry="4"/></g>
  <path d="M258 214v-70h96v70c-20 8-76 8-96 0z" fill="${main}" fill-opacity="0"/>
  <path d="M246 198l96-10 22 14-98 12z" fill="#f6f1e6"/><path d="M246 198l96-10v-12l-96 10z" fill="#2f4fd0"/><path d="M342 176l22 14v12l-22-14z" fill="#1f3699"/><path d="M246 186l96-10 22 14-98 10z" fill="#4b69e0"/>`;

const throwBlanket: Draw = ({ main, light, dark, deep }) => `
  <g stroke="${dark}" stroke-width="5" stroke-linecap="round">${Array.from({ length: 21 }, (_, i) => `<path d="M${170 + i * 13} 440l${(i % 3) - 1} 32"/>`).join('')}</g>
  <path d="M150 122c0-16 12-26 28-26h244c16 0 28 10 28 26v322H150z" fill="url(#round)"/>
  <g fill="${light}" fill-opacity=".75"><path d="M150 176h300v26H150zM150 300h300v26H150zM150 398h300v20H150z"/></g>
  <g fill="${deep}" fill-opacity=".6"><path d="M150 222h300v12H150zM150 274h300v12H150zM150 356h300v12H150z"/></g>
  <path d="M150 122c0 28 26 34 60 30 70-8 160-8 240 4v-34c0-16-12-26-28-26H178c-16 0-28 10-28 26z" fill="${main}"/>
  <path d="M236 150c-8 90 6 190-4 294M352 152c12 86-6 196 4 292" fill="none" stroke="${deep}" stroke-opacity=".25" stroke-width="9"/>`;

const pendant: Draw = ({ light, dark, main }) => `
  <ellipse cx="300" cy="330" rx="230" ry="150" fill="url(#glow)"/>
  <path d="M300-99v295" stroke="#2b303b" stroke-width="5"/><path d="M284 186h32v28h-32z" fill="#2b303b"/>
  <path d="M300 210c86 0 150 34 150 82H150c0-48 64-82 150-82z" fill="url(#round)"/>
  <ellipse cx="300" cy="292" rx="150" ry="28" fill="${light}"/><ellipse cx="300" cy="292" rx="118" ry="18" fill="#fff8df"/>
  <path d="M128 340c0 30 76 56 172 56s172-26 172-56c0-10-9-20-24-28 6 40-66 62-148 62s-154-22-148-62c-15 8-24 18-24 28z" fill="${main}"/>
  <path d="M128 340c0 30 76 56 172 56s172-26 172-56c0 44-76 76-172 76s-172-32-172-76z" fill="${dark}" fill-opacity=".7"/>
  <path d="M200 264c18-18 46-28 76-32" fill="none" stroke="#fff" stroke-opacity=".6" stroke-width="10" stroke-linecap="round"/>`;

const candles: Draw = ({ main, light, dark }) => `
  <ellipse cx="300" cy="150" rx="200" ry="130" fill="url(#glow)"/>
  <g fill="url(#round)"><path d="M158 300h76v170h-76z"/><path d="M262 196h76v274h-76z"/><path d="M366 258h76v212h-76z"/></g>
  <g fill="${light}"><ellipse cx="196" cy="300" rx="38" ry="10"/><ellipse cx="300" cy="196" rx="38" ry="10"/><ellipse cx="404" cy="258" rx="38" ry="10"/></g>
  <g fill="${dark}" fill-opacity=".25"><ellipse cx="196" cy="300" rx="22" ry="5"/><ellipse cx="300" cy="196" rx="22" ry="5"/><ellipse cx="404" cy="258" rx="22" ry="5"/></g>
  <g stroke="#2b303b" stroke-width="4" stroke-linecap="round"><path d="M196 300v-18M300 196v-18M404 258v-18"/></g>
  <g fill="#ffd667"><path d="M196 286c-20-14-12-34 0-54 12 20 20 40 0 54zM300 182c-20-14-12-34 0-54 12 20 20 40 0 54zM404 244c-20-14-12-34 0-54 12 20 20 40 0 54z"/></g>
  <g fill="#fff6d8"><path d="M196 284c-9-8-5-18 0-28 5 10 9 20 0 28zM300 180c-9-8-5-18 0-28 5 10 9 20 0 28zM404 242c-9-8-5-18 0-28 5 10 9 20 0 28z"/></g>
  <path d="M172 324v110M276 222v210M380 284v150" stroke="#fff" stroke-opacity=".35" stroke-width="9" stroke-linecap="round"/><path d="M158 466h76M262 466h76M366 466h76" stroke="${main}"/>`;

export const things = {
  lamp,
  chair,
  vase,
  kettle,
  mugs,
  clock,
  shelf,
  planter,
  stool,
  throw: throwBlanket,
  pendant,
  candles,
} satisfies Record<string, Draw>;
export type ThingName = keyof typeof things;

/** Things that hang on the wall or from the ceiling cast no shadow on the floor. */
export function stands(name: ThingName): boolean {
  return name !== 'clock' && name !== 'pendant';
}
