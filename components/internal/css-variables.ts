import { noChange } from 'lit';
import { Directive, directive, type ElementPart } from 'lit/directive.js';

type Variables = Readonly<Record<`--${string}`, string | number | null>>;

/** Sets custom properties through the object model: a `style` attribute, as `styleMap` writes it, is refused by a strict CSP. */
class CssVariables extends Directive {
  render(variables: Variables): unknown {
    return variables && noChange;
  }

  override update({ element }: ElementPart, [variables]: [Variables]): unknown {
    const { style } = element as HTMLElement;
    for (const [name, value] of Object.entries(variables)) {
      if (value === null) style.removeProperty(name);
      else if (style.getPropertyValue(name) !== String(value)) style.setProperty(name, String(value));
    }
    return noChange;
  }
}

/** `<div ${cssVariables({'--_ink': color})}>` */
export const cssVariables = directive(CssVariables);
