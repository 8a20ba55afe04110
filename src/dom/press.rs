//! What a reader clicks, types, presses and closes → what is done.

use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, Event, HtmlDialogElement, HtmlElement, HtmlInputElement, KeyboardEvent, MouseEvent};

use super::{State, all, attribute, build, one, set, set_class};

/// What answers to a click.
const CONTROLS: &str = "[data-goto],[data-action],[data-step],[data-switch],[data-tell],[data-copy]";

impl State {
    pub fn clicked(&self, event: &Event) {
        // What is clicked is an element, and every click a mouse event, whatever it was done with.
        let Some(target) = event.target() else { return };
        let target = target.unchecked_into::<Element>();
        // Beside the drawer, on what is dimmed.
        if target.matches("dialog").unwrap_or(false) {
            return self.close_drawer();
        }
        let Ok(Some(control)) = target.closest(CONTROLS) else { return };
        if let Some(id) = control.get_attribute("data-goto") {
            self.follow(&control, &id, event);
        } else if let Some(kind) = control.get_attribute("data-switch") {
            self.switch(&control, &kind, attribute(&control, "aria-pressed") != "true");
        } else if let Some(kind) = control.get_attribute("data-step") {
            self.close_pop();
            self.step_through(&kind, !control.has_attribute("data-back"));
        } else if let Some(id) = control.get_attribute("data-tell") {
            self.explain(&control, &id);
        } else if let Some(id) = control.get_attribute("data-copy") {
            self.tell("copy", &format!("{}{id}", self.source.look.prefix), &JsValue::UNDEFINED);
            control.set_text_content(Some(self.source.messages.text("pop.copied")));
        } else {
            self.act(&control);
        }
    }

    fn follow(&self, link: &Element, id: &str, event: &Event) {
        let mouse: &MouseEvent = event.unchecked_ref();
        let plain = !(mouse.ctrl_key() || mouse.meta_key() || mouse.shift_key());
        let href = attribute(link, "href");
        // A card that leads to another page is an ordinary link.
        if let Some(anchor) = href.strip_prefix('#').filter(|_| plain)
            && self.go_to(id)
        {
            event.prevent_default();
            self.remember(anchor);
        }
    }

    fn act(&self, control: &Element) {
        match attribute(control, "data-action").as_str() {
            "toggle" => {
                if let Ok(Some(section)) = control.closest(".section") {
                    self.toggle(&section, attribute(control, "aria-expanded") != "true", true);
                }
            }
            "expand" => self.set_open(true),
            "collapse" => self.set_open(false),
            "previous" => self.step(false),
            "next" => self.step(true),
            "leave" => self.leave(),
            "find" => {
                set_class(&self.root, "finding", true);
                if let Some(input) = one(&self.root, "input[type=search]") {
                    let _ = input.unchecked_into::<HtmlElement>().focus();
                }
            }
            "mark" => {
                let kind = self.steps.borrow().kind.clone();
                let first = one(&self.root, "[data-switch]").map(|switch| attribute(&switch, "data-switch"));
                let kind = if kind.is_empty() { first.unwrap_or_default() } else { kind };
                if !kind.is_empty() {
                    self.step_through(&kind, true);
                }
            }
            "top" => self.root.scroll_into_view(),
            "contents" => self.open_drawer(),
            "close-drawer" => self.close_drawer(),
            "close-pop" => self.close_pop(),
            _ => {}
        }
    }

    /// The search is the only thing in a reader that is typed into.
    pub fn typed(&self, event: &Event) {
        if self.composing.get() {
            return;
        }
        if let Some(input) = event.target() {
            let text = input.unchecked_into::<HtmlInputElement>().value();
            let count = self.search(&text, true);
            // Emptied, the field is still being typed into.
            set_class(&self.root, "finding", true);
            self.tell("search", &text, &JsValue::from_f64(count as f64));
        }
    }

    /// Half a word of an input method is nothing to look for.
    pub fn composed(&self, event: &Event) {
        let begins = event.type_() == "compositionstart";
        self.composing.set(begins);
        if !begins {
            self.typed(event);
        }
    }

    pub fn pressed(&self, event: &Event) {
        // Browsers that fill in fields send events of this kind without a key.
        let Some(key) = event.dyn_ref::<KeyboardEvent>() else { return };
        let in_search = event.target().is_some_and(|t| attribute(t.unchecked_ref(), "type") == "search");
        if !in_search || key.is_composing() {
            return;
        }
        match key.key().as_str() {
            "Enter" => {
                event.prevent_default();
                self.step(!key.shift_key());
            }
            "Escape" => self.leave(),
            _ => {}
        }
    }

    /// The browser's own search found something in a closed part, which it opens itself.
    pub fn matched(&self, event: &Event) {
        let section = event.target().and_then(|t| t.unchecked_into::<Element>().closest(".section").ok().flatten());
        if let Some(section) = section {
            self.toggle(&section, true, true);
        }
    }

    /// A popover or `details` opened or closed.
    pub fn popped(&self, _event: &Event) {
        if one(&self.root, ".pop:popover-open").is_none() {
            for tag in all(&self.root, ".tag[aria-expanded=true]") {
                set(&tag, "aria-expanded", "false");
            }
        }
    }

    /// The contents go back beside the text.
    pub fn closed(&self, _event: &Event) {
        if let (Some(nav), Some(main)) = (one(&self.root, "dialog .contents"), one(&self.root, ".main")) {
            let _ = self.root.insert_before(&nav, Some(&main));
        }
    }

    fn open_drawer(&self) {
        if let (Some(drawer), Some(nav)) = (one(&self.root, "dialog"), one(&self.root, ".contents")) {
            let _ = drawer.append_child(&nav);
            let _ = drawer.unchecked_into::<HtmlDialogElement>().show_modal();
            if let Some(current) = one(&nav, "[aria-current]") {
                super::spy::keep_in_view(&nav, current.unchecked_ref());
            }
        }
    }

    pub fn close_drawer(&self) {
        if let Some(drawer) = one(&self.root, "dialog[open]") {
            drawer.unchecked_into::<HtmlDialogElement>().close();
        }
    }

    fn close_pop(&self) {
        if let Some(pop) = one(&self.root, ".pop:popover-open") {
            let _ = pop.unchecked_into::<HtmlElement>().hide_popover();
        }
    }

    /// Tells in full what a tag says in short.
    fn explain(&self, tag: &Element, id: &str) {
        let Some(pop) = one(&self.root, ".pop") else { return };
        let source = &self.source;
        let Some(content) = source.shown().tag(id) else { return };
        let Ok(made) = build(&self.document, content, &mut std::collections::VecDeque::new()) else { return };
        pop.replace_children_with_node_1(&made);
        if pop.unchecked_ref::<HtmlElement>().show_popover().is_ok() {
            set(tag, "aria-expanded", "true");
            if let Some(close) = one(&pop, "[data-action]") {
                let _ = close.unchecked_into::<HtmlElement>().focus();
            }
        }
    }
}
