import { html, nothing, type TemplateResult } from 'lit';
import { INK_COLORS, type InkColor } from '../annotations/ink-colors.js';
import type { AgentKey } from '../i18n/agent/en.js';
import { cssVariables } from '../internal/css-variables.js';
import { icons, type IconName } from '../internal/icons.js';
import { actionButton, toolbarButton, toolbarMenu, type MenuEntry } from './toolbar-buttons.js';
import { isControlling } from './toolbar-model.js';
import { chooseColor, chosenColor, colorName, reasonOf, run, type ActionName, type Desk } from './toolbar-desk.js';

/** Laser, pencil, their colours, undo and trash. */
export function tools(desk: Desk): TemplateResult | typeof nothing {
  const { laser, pencil, undo, eraseAll } = desk.model;
  if ([laser, pencil, undo, eraseAll].every((offer) => offer === 'hidden')) return nothing;
  const { words } = desk;
  return html`
    <div class="group pens" part="group" role="group" aria-label=${words.term('agentTools')}>
      ${pen(desk, 'laser', 'agentLaser')} ${pen(desk, 'pencil', 'agentPencil')}
    </div>
    ${laser === 'hidden' && pencil === 'hidden' ? nothing : colors(desk)}
    <div class="group rare" part="group" role="group" aria-label=${words.term('agentDrawings')}>
      ${actionButton(desk, 'undo', 'agentUndo', { part: 'undo' })}
      ${actionButton(desk, 'eraseAll', 'agentTrash', { part: 'trash', icon: icons.trash, opens: 'trash-menu', onClick: undefined })}
    </div>
  `;
}

function pen(desk: Desk, tool: 'laser' | 'pencil', label: AgentKey): TemplateResult | typeof nothing {
  return actionButton(desk, tool, label, { part: tool, pressed: desk.state?.tool === tool, look: 'pen' });
}

/** The swatches in a row; in a narrow place one button that opens them as a menu. */
function colors(desk: Desk): TemplateResult {
  const { words, model } = desk;
  const label = words.term('agentColors');
  const chosen = chosenColor(desk.state);
  const reason = reasonOf(words, model.pencil === 'hidden' ? model.laser : model.pencil);
  return html`
    <div class="colors" part="colors" role="radiogroup" aria-label=${label}>
      ${INK_COLORS.map((color) => swatch(desk, color, color === chosen, reason))}
    </div>
    ${toolbarButton({
      part: 'colors',
      label,
      title: `${label}: ${colorName(words, chosen)}`,
      icon: html`<span class="swatch"></span>`,
      opens: 'color-menu',
      reason,
      look: 'color-button icon-only',
    })}
  `;
}

function swatch(desk: Desk, color: InkColor, checked: boolean, reason: string | undefined): TemplateResult {
  const name = colorName(desk.words, color);
  return html`
    <button
      type="button"
      class="swatch item"
      part="color"
      role="radio"
      tabindex="-1"
      data-tip=${reason ? `${name}: ${reason}` : name}
      aria-label=${name}
      aria-checked=${checked ? 'true' : 'false'}
      aria-disabled=${reason ? 'true' : nothing}
      @click=${reason ? undefined : () => chooseColor(desk, color)}
      ${cssVariables({ '--_ink': color.value })}
    ></button>
  `;
}

/** Remote control and full device, as soon as the state offers them. */
export function modes(desk: Desk): TemplateResult | typeof nothing {
  const { control, fullDevice } = desk.model;
  if (control === 'hidden' && fullDevice === 'hidden') return nothing;
  const mode = desk.state?.mode;
  const isOurs = desk.state !== undefined && isControlling(desk.state);
  const track = html`<span class="track" part="full-device__track"
    ><span class="thumb" part="full-device__thumb"></span
  ></span>`;
  return html`
    <div class="group" part="group" role="group" aria-label=${desk.words.term('agentModes')}>
      ${actionButton(desk, 'control', 'agentControl', { part: 'control', pressed: isOurs, ...(isOurs ? { title: desk.words.term('agentControlStop') } : {}) })}
      ${actionButton(desk, 'fullDevice', 'agentFullDevice', { part: 'full-device', pressed: mode === 'full-device', track })}
    </div>
  `;
}

/** All menus of the toolbar; they are closed, and not in the way, until their buttons open them. */
export function menus(desk: Desk): TemplateResult {
  const undo = entry(desk, 'undo', 'agentUndo', 'undo');
  const own = entry(desk, 'eraseOwn', 'agentEraseOwn', 'pencil');
  const all = entry(desk, 'eraseAll', 'agentEraseAll', 'trash');
  const refresh = entry(desk, 'refresh', 'agentRefresh', 'refresh');
  return html`
    ${toolbarMenu(desk, 'trash-menu', 'agentTrash', [...own, ...all])}
    ${toolbarMenu(
      desk,
      'color-menu',
      'agentColors',
      INK_COLORS.map((color) => colorEntry(desk, color)),
    )}
    ${toolbarMenu(desk, 'more-menu', 'agentMore', [...undo, ...own, ...all, ...refresh])}
  `;
}

function entry(desk: Desk, name: ActionName, label: AgentKey, icon: IconName): MenuEntry[] {
  const offer = desk.model[name];
  if (offer === 'hidden') return [];
  const reason = reasonOf(desk.words, offer);
  return [{ label: desk.words.term(label), sign: icons[icon], reason, onSelect: () => run(desk, name) }];
}

function colorEntry(desk: Desk, color: InkColor): MenuEntry {
  return {
    label: colorName(desk.words, color),
    part: 'color',
    checked: color === chosenColor(desk.state),
    sign: html`<span class="swatch" ${cssVariables({ '--_ink': color.value })}></span>`,
    onSelect: () => chooseColor(desk, color),
  };
}
