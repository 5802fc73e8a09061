import { html, nothing, type TemplateResult } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import type { AgentKey } from '../i18n/agent/en.js';
import { icons } from '../internal/icons.js';
import { reasonOf, run, type ActionName, type Desk } from './toolbar-desk.js';

/** One button of the toolbar. */
export interface ToolbarButton {
  part: string;
  label: string;
  /** An icon, or a swatch. */
  icon: unknown;
  /** Name of the slot that replaces the icon. */
  slot?: string;
  onClick?: () => void;
  /** Why it can't be used now; undefined: it can. */
  reason?: string | undefined;
  /** Of a toggle button. */
  pressed?: boolean;
  /** A switch instead of a toggle button, with this after its label. */
  track?: TemplateResult;
  /** Id of the menu that it opens. */
  opens?: string;
  /** What opens, where it isn't a menu. */
  popup?: 'dialog';
  /** Further classes: `accent`, `outline`, `rare`, `keep-label`. */
  look?: string;
  /** Says more than the label, where there is room for one word only. */
  title?: string;
}

/** A button with an icon and a label. One that can't be used can still be reached, and says why. */
export function toolbarButton(button: ToolbarButton): TemplateResult {
  const { part, label, icon, slot, reason, pressed, track, opens, popup = 'menu', look = '', title } = button;
  const checked = pressed === undefined ? undefined : pressed ? 'true' : 'false';
  const name = title ?? label;
  return html`
    <button
      type="button"
      class="button item ${part} ${look}"
      part="button ${part}"
      tabindex="-1"
      role=${ifDefined(track ? 'switch' : undefined)}
      data-tip=${reason ? `${name}: ${reason}` : name}
      aria-label=${ifDefined(title)}
      aria-pressed=${ifDefined(track ? undefined : checked)}
      aria-checked=${ifDefined(track ? checked : undefined)}
      aria-disabled=${ifDefined(reason ? 'true' : undefined)}
      aria-description=${ifDefined(reason)}
      aria-haspopup=${ifDefined(opens ? popup : undefined)}
      popovertarget=${ifDefined(reason ? undefined : opens)}
      @click=${reason ? undefined : button.onClick}
    >
      <span class="face" part="button__base">
        ${slot ? html`<slot name=${slot}>${icon}</slot>` : icon}
        <span class="label" part="label">${label}</span>
        ${track ?? nothing} ${opens && popup === 'menu' ? html`<span class="chevron">${icons.chevron}</span>` : nothing}
      </span>
    </button>
  `;
}

type Extra = Partial<ToolbarButton> & { part: string };

/** The button of an action: as the state offers it, or nothing. */
export function actionButton(
  desk: Desk,
  name: ActionName,
  label: AgentKey,
  extra: Extra,
): TemplateResult | typeof nothing {
  const offer = desk.model[name];
  if (offer === 'hidden') return nothing;
  return toolbarButton({
    label: desk.words.term(label),
    icon: icons[name as keyof typeof icons],
    slot: `icon-${extra.part}`,
    reason: reasonOf(desk.words, offer),
    onClick: () => run(desk, name),
    ...extra,
  });
}

export interface MenuEntry {
  label: string;
  /** An icon or a swatch in front. */
  sign?: unknown;
  /** Of a choice: whether it is the chosen one. */
  checked?: boolean;
  reason?: string | undefined;
  part?: string;
  onSelect: () => void;
}

/** A menu in the top layer: no box around the toolbar can cut it off. */
export function toolbarMenu(desk: Desk, id: string, label: AgentKey, entries: readonly MenuEntry[]): TemplateResult {
  return html`
    <div
      id=${id}
      class="menu"
      part="menu"
      popover="auto"
      role="menu"
      aria-label=${desk.words.term(label)}
      @toggle=${desk.onMenuToggle}
      @keydown=${desk.onMenuKey}
    >
      ${entries.map((entry) => menuEntry(desk, entry))}
    </div>
  `;
}

function menuEntry(desk: Desk, { label, sign, checked, reason, part, onSelect }: MenuEntry): TemplateResult {
  const select = () => {
    desk.closeMenus();
    onSelect();
  };
  return html`
    <button
      type="button"
      class="entry"
      part=${ifDefined(part)}
      role=${checked === undefined ? 'menuitem' : 'menuitemradio'}
      tabindex="-1"
      aria-checked=${ifDefined(checked === undefined ? undefined : checked ? 'true' : 'false')}
      aria-disabled=${ifDefined(reason ? 'true' : undefined)}
      @click=${reason ? undefined : select}
    >
      ${sign ?? nothing}
      <span class="entry__text">
        <span>${label}</span>
        ${reason ? html`<span class="entry__reason">${reason}</span>` : nothing}
      </span>
      ${checked ? icons.check : nothing}
    </button>
  `;
}
