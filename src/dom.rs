//! Tree of elements → nodes in a page, and what they do when a reader clicks, types or scrolls.
//!
//! Text reaches the page as text nodes and attribute values only. One delegated listener for each kind of event serves
//! the whole reader; dropping the [`Reader`] removes listeners, observer and nodes.

mod search;
mod spy;

use std::cell::RefCell;
use std::fmt::Write;
use std::rc::Rc;

use gloo_events::{EventListener, EventListenerOptions};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    Document, Element, Event, FocusOptions, HtmlElement, HtmlInputElement, KeyboardEvent, MouseEvent, Node,
    ScrollBehavior, ScrollIntoViewOptions, ScrollLogicalPosition,
};

use crate::html;
use crate::lexicon::messages::Messages;

/// A reader in a page.
pub struct Reader {
    state: Rc<State>,
    _listeners: Vec<EventListener>,
    _spy: Option<spy::Spy>,
}

struct State {
    document: Document,
    root: Element,
    /// Stands before the ids of html.rs.
    prefix: String,
    messages: Messages,
    steps: RefCell<Steps>,
    search: RefCell<search::Search>,
}

/// The places that a reader steps through.
#[derive(Default)]
struct Steps {
    /// The kind of highlight, or `""` for a search.
    kind: String,
    places: Vec<Element>,
    at: usize,
}

impl Reader {
    /// Appends the nodes of `tree` to `parent` and listens.
    pub fn mount(parent: &Node, tree: &html::Node, messages: Messages, prefix: String) -> Result<Self, JsValue> {
        let document = parent.owner_document().ok_or("no document")?;
        let root: Element = build(&document, tree)?.unchecked_into();
        parent.append_child(&root)?;
        let (steps, search) = (RefCell::default(), RefCell::default());
        let state = Rc::new(State { document, root, prefix, messages, steps, search });
        let spy = spy::Spy::new(&state.root);
        Ok(Self { _listeners: listen(&state), _spy: spy, state })
    }

    /// Opens, scrolls to, focuses and flashes a section or clause.
    pub fn go_to(&self, id: &str) -> bool {
        self.state.go_to(id)
    }

    /// Opens or closes every section.
    pub fn set_open(&self, open: bool) {
        self.state.set_open(open);
    }

    /// Shows the named highlights and no others.
    pub fn highlight(&self, kinds: &str) {
        for switch in all(&self.state.root, "[data-switch]") {
            let kind = attribute(&switch, "data-switch");
            self.state.switch(&switch, &kind, kinds.split_ascii_whitespace().any(|k| k == kind));
        }
    }

    /// Finds text and returns how many places there are.
    pub fn search(&self, text: &str) -> usize {
        self.state.search(text)
    }
}

impl Drop for Reader {
    fn drop(&mut self) {
        self.state.search.borrow().clear();
        self.state.root.remove();
    }
}

/// Trees are as deep as sections nest, and those are kept shallow (html/index.rs).
fn build(document: &Document, tree: &html::Node) -> Result<Node, JsValue> {
    let (tag, attributes, children) = match tree {
        html::Node::Text(text) => return Ok(document.create_text_node(text).into()),
        html::Node::Element(e) => (e.tag, &e.attributes, &e.children),
    };
    let element = document.create_element(tag)?;
    for (name, value) in attributes {
        element.set_attribute(name, value)?;
    }
    for child in children {
        element.append_child(&build(document, child)?)?;
    }
    Ok(element.into())
}

/// Every descendant that a selector of the program's own names, in document order.
fn all(root: &Element, selector: &str) -> Vec<Element> {
    let mut found = Vec::new();
    if let Ok(list) = root.query_selector_all(selector) {
        for i in 0..list.length() {
            found.extend(list.get(i).map(Node::unchecked_into::<Element>));
        }
    }
    found
}

/// The first of them.
fn one(root: &Element, selector: &str) -> Option<Element> {
    root.query_selector(selector).ok().flatten()
}

/// The value of an attribute, `""` where there is none.
fn attribute(element: &Element, name: &str) -> String {
    element.get_attribute(name).unwrap_or_default()
}

/// Sets an attribute; the names are the program's own, so that no browser refuses them.
fn set(element: &Element, name: &str, value: &str) {
    let _ = element.set_attribute(name, value);
}

/// Gives an element a class or takes it away.
fn set_class(element: &Element, class: &str, on: bool) {
    let _ = element.class_list().toggle_with_force(class, on);
}

/// A value as a CSS string.
fn quoted(value: &str) -> String {
    let mut out = String::from("\"");
    for c in value.chars() {
        if c == '"' || c == '\\' || c.is_control() {
            let _ = write!(out, "\\{:x} ", c as u32);
        } else {
            out.push(c);
        }
    }
    out.push('"');
    out
}

fn listen(state: &Rc<State>) -> Vec<EventListener> {
    let on = |kind: &'static str, handle: fn(&State, &Event)| {
        let state = Rc::clone(state);
        let root = state.root.clone();
        let options = EventListenerOptions::enable_prevent_default();
        EventListener::new_with_options(&root, kind, options, move |event| handle(&state, event))
    };
    vec![on("click", State::clicked), on("input", State::typed), on("keydown", State::pressed)]
}

impl State {
    fn clicked(&self, event: &Event) {
        // What is clicked is an element, and every click a mouse event, whatever it was done with.
        let Some(target) = event.target() else { return };
        let control = target.unchecked_into::<Element>();
        let Ok(Some(control)) = control.closest("[data-goto],[data-action],[data-step],[data-switch]") else { return };
        if let Some(id) = control.get_attribute("data-goto") {
            let mouse: &MouseEvent = event.unchecked_ref();
            let plain = !(mouse.ctrl_key() || mouse.meta_key() || mouse.shift_key());
            let href = attribute(&control, "href");
            // A card that leads to another page is an ordinary link.
            if let Some(anchor) = href.strip_prefix('#').filter(|_| plain)
                && self.go_to(&id)
            {
                event.prevent_default();
                self.remember(anchor);
            }
        } else if let Some(kind) = control.get_attribute("data-switch") {
            self.switch(&control, &kind, attribute(&control, "aria-pressed") != "true");
        } else if let Some(kind) = control.get_attribute("data-step") {
            self.step_through(&kind);
        } else {
            match attribute(&control, "data-action").as_str() {
                "expand" => self.set_open(true),
                "collapse" => self.set_open(false),
                "previous" => self.step(false),
                "next" => self.step(true),
                "close" => self.leave(),
                _ => {}
            }
        }
    }

    /// The search is the only thing in a reader that is typed into.
    fn typed(&self, event: &Event) {
        if let Some(input) = event.target() {
            self.search(&input.unchecked_into::<HtmlInputElement>().value());
        }
    }

    fn pressed(&self, event: &Event) {
        // Browsers that fill in fields send events of this kind without a key.
        let Some(key) = event.dyn_ref::<KeyboardEvent>() else { return };
        let in_search = event.target().is_some_and(|t| attribute(t.unchecked_ref(), "type") == "search");
        if in_search && key.key() == "Enter" && !key.is_composing() {
            event.prevent_default();
            self.step(!key.shift_key());
        }
    }

    fn go_to(&self, id: &str) -> bool {
        // By an id of the analysis, an anchor, or either as it stands in the page.
        let (own, id) = (quoted(&format!("{}{id}", self.prefix)), quoted(id));
        let selector = format!(":is(details,.clause):is([id={id}],[id={own}]),details[data-id={id}]");
        let Some(target) = one(&self.root, &selector) else { return false };
        if let Some(nav) = one(&self.root, "nav:popover-open") {
            let _ = nav.unchecked_ref::<HtmlElement>().hide_popover();
        }
        // A section opens itself too, and its heading takes the focus.
        let shown = if let Some(summary) = one(&target, "summary") {
            set(&target, "open", "");
            summary
        } else {
            if attribute(&target, "tabindex").is_empty() {
                set(&target, "tabindex", "-1");
            }
            target
        };
        self.show(&shown);
        let focus = FocusOptions::new();
        focus.set_prevent_scroll(true);
        let _ = shown.unchecked_ref::<HtmlElement>().focus_with_options(&focus);
        true
    }

    /// Opens what encloses an element, brings it into view and flashes it.
    fn show(&self, element: &Element) {
        while let Ok(Some(outer)) = element.closest("details:not([open])") {
            set(&outer, "open", "");
        }
        let options = ScrollIntoViewOptions::new();
        // How far from the top is said in the style sheet (`scroll-margin`): within the band of dom/spy.rs.
        options.set_block(ScrollLogicalPosition::Start);
        // A policy is long: a smooth way from its top to its end would only delay.
        options.set_behavior(ScrollBehavior::Instant);
        element.scroll_into_view_with_scroll_into_view_options(&options);
        for flashed in all(&self.root, ".flash") {
            set_class(&flashed, "flash", false);
        }
        // Reading a size makes the browser see the class go before it comes back, so that the flash starts anew.
        let _ = element.client_height();
        set_class(element, "flash", true);
    }

    /// Puts the place into the address, unless the page keeps something of its own there.
    fn remember(&self, anchor: &str) {
        let Some(window) = self.document.default_view() else { return };
        let hash = window.location().hash().unwrap_or_default();
        let own = hash.strip_prefix('#').is_none_or(|id| {
            let id = quoted(&decoded(id));
            one(&self.root, &format!("[id={id}]")).is_some()
        });
        if own && let Ok(history) = window.history() {
            // Refused on file: and in some frames; the way back is a comfort only.
            let _ = history.push_state_with_url(&JsValue::NULL, "", Some(&format!("#{anchor}")));
        }
    }

    fn set_open(&self, open: bool) {
        for section in all(&self.root, "details.section") {
            if open {
                set(&section, "open", "");
            } else {
                let _ = section.remove_attribute("open");
            }
        }
        if let Some(button) = one(&self.root, "[data-expand]") {
            let (next, says) = if open { ("collapse", "data-collapse") } else { ("expand", "data-expand") };
            button.set_text_content(Some(&attribute(&button, says)));
            set(&button, "data-action", next);
        }
    }

    fn switch(&self, switch: &Element, kind: &str, on: bool) {
        set(switch, "aria-pressed", if on { "true" } else { "false" });
        set_class(&self.root, &format!("without-{kind}"), !on);
    }

    /// Goes to the next place of a highlight, or to the first if another was stepped through before.
    fn step_through(&self, kind: &str) {
        if self.steps.borrow().kind == kind {
            return self.step(true);
        }
        let places = all(&self.root, &format!(".clause.has-{kind}"));
        if let Some(switch) = one(&self.root, &format!("[data-switch=\"{kind}\"]")) {
            self.switch(&switch, kind, true);
        }
        *self.steps.borrow_mut() = Steps { kind: kind.to_owned(), places, at: 0 };
        self.arrive();
    }

    fn step(&self, forward: bool) {
        {
            let mut steps = self.steps.borrow_mut();
            let count = steps.places.len();
            if count == 0 {
                return;
            }
            steps.at = (steps.at + if forward { 1 } else { count - 1 }) % count;
        }
        self.arrive();
    }

    /// Shows the place that the steps are at, and says which it is.
    fn arrive(&self) {
        let steps = self.steps.borrow();
        let label = if steps.kind.is_empty() {
            self.messages.text("search.title").to_owned()
        } else {
            self.messages.title("highlight", &steps.kind)
        };
        let position = match steps.places.get(steps.at) {
            Some(place) => {
                self.show(place);
                let (index, count) = ((steps.at + 1).to_string(), steps.places.len().to_string());
                let values = [("kind", label.as_str()), ("index", &index), ("count", &count)];
                self.messages.fill("stepper.position", &values)
            }
            None => self.messages.text("search.none").to_owned(),
        };
        if steps.kind.is_empty() {
            self.search.borrow().mark_current(steps.at);
        }
        if let Some(stepper) = one(&self.root, ".stepper") {
            let _ = stepper.remove_attribute("hidden");
        }
        if let Some(text) = one(&self.root, ".position") {
            text.set_text_content(Some(&position));
        }
    }

    fn leave(&self) {
        *self.steps.borrow_mut() = Steps::default();
        self.search.borrow().clear();
        if let Some(input) = one(&self.root, "input[type=search]") {
            input.unchecked_into::<HtmlInputElement>().set_value("");
        }
        if let Some(stepper) = one(&self.root, ".stepper") {
            set(&stepper, "hidden", "");
        }
    }

    fn search(&self, text: &str) -> usize {
        if text.trim().is_empty() {
            self.leave();
            return 0;
        }
        let places = self.search.borrow_mut().find(&self.document, &self.root, text);
        let count = places.len();
        *self.steps.borrow_mut() = Steps { kind: String::new(), places, at: 0 };
        self.arrive();
        count
    }
}

/// A fragment with its percent-encoding undone; as it stands where that is broken.
fn decoded(fragment: &str) -> String {
    let mut bytes = Vec::with_capacity(fragment.len());
    let mut rest = fragment.as_bytes();
    while let Some((first, tail)) = rest.split_first() {
        let hex = tail.get(..2).and_then(|h| u8::from_str_radix(std::str::from_utf8(h).ok()?, 16).ok());
        let byte = hex.filter(|_| *first == b'%');
        bytes.push(byte.unwrap_or(*first));
        rest = if byte.is_some() { tail.get(2..).unwrap_or_default() } else { tail };
    }
    String::from_utf8(bytes).unwrap_or_else(|_| fragment.to_owned())
}
