//! Tree of elements → nodes in a page, and what they do when a reader clicks, types or scrolls.
//!
//! Text reaches the page as text nodes and attribute values only. One delegated listener for each kind of event serves
//! the whole reader; dropping the [`Reader`] removes listeners, observers and nodes. What a closed section holds is made
//! when there is time for it, or when somebody asks for it: [`Reader::fill`].

mod press;
mod search;
mod spy;

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::fmt::Write;
use std::rc::Rc;

use gloo_events::{EventListener, EventListenerOptions, EventListenerPhase};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::js_sys::Function;
use web_sys::{
    Document, Element, Event, FocusOptions, HtmlElement, HtmlInputElement, Node, ScrollBehavior, ScrollIntoViewOptions,
    ScrollLogicalPosition,
};

use crate::html::{self, Look, Order};
use crate::lexicon::messages::Messages;
use crate::view::View;

/// So many paragraphs and parts are made at once: a millisecond's work.
const FEW: usize = 24;

/// What a reader shows, in whose words, and whom it tells what a person does.
pub struct Source {
    /// What was read.
    pub view: View,
    /// The labels.
    pub messages: Messages,
    /// What the page chose.
    pub look: Look,
    /// Who stands where in it.
    pub order: Order,
    /// Called with the name of what happened and what belongs to it.
    pub tell: Option<Function>,
}

impl Source {
    fn shown(&self) -> html::Shown<'_> {
        html::Shown::new(&self.view, &self.messages, &self.look, &self.order)
    }
}

/// A reader in a page.
pub struct Reader {
    state: Rc<State>,
    _listeners: Vec<EventListener>,
}

struct State {
    document: Document,
    root: Element,
    source: Source,
    /// Parts of closed sections that are not made yet, in reading order, by the number of the section.
    waiting: RefCell<VecDeque<(Element, usize)>>,
    steps: RefCell<Steps>,
    search: RefCell<search::Search>,
    spy: RefCell<Option<spy::Spy>>,
    /// Whether an input method is still composing what is searched for.
    composing: Cell<bool>,
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
    /// Appends the nodes of the reader to `parent` and listens.
    pub fn mount(parent: &Node, source: Source) -> Result<Self, JsValue> {
        let document = parent.owner_document().ok_or("no document")?;
        let tree = source.shown().reader();
        let mut waiting = VecDeque::new();
        let root: Element = build(&document, tree, &mut waiting)?.unchecked_into();
        parent.append_child(&root)?;
        let state = Rc::new(State {
            document,
            root,
            source,
            waiting: RefCell::new(waiting),
            steps: RefCell::default(),
            search: RefCell::default(),
            spy: RefCell::default(),
            composing: Cell::new(false),
        });
        let spy = spy::Spy::new(&state);
        state.spy.replace(spy);
        Ok(Self { _listeners: listen(&state), state })
    }

    /// What was read.
    pub fn view(&self) -> &View {
        &self.state.source.view
    }

    /// Makes the next parts that are not made yet; false if there are none.
    pub fn fill(&self) -> bool {
        self.state.fill_next(FEW)
    }

    /// Opens, scrolls to, focuses and flashes a section or clause.
    pub fn go_to(&self, id: &str) -> bool {
        self.state.go_to(id)
    }

    /// Opens or closes every section.
    pub fn set_open(&self, open: bool) {
        self.state.set_open(open);
    }

    /// Opens the named sections and closes all others.
    pub fn open_only(&self, ids: &str) {
        self.state.open_only(ids);
    }

    /// Shows the named highlights and no others.
    pub fn highlight(&self, kinds: &str) {
        for switch in all(&self.state.root, "[data-switch]") {
            let kind = attribute(&switch, "data-switch");
            self.state.switch(&switch, &kind, kinds.split_ascii_whitespace().any(|k| k == kind));
        }
    }

    /// Finds text and returns how many places there are; goes to the first, if `go`.
    pub fn search(&self, text: &str, go: bool) -> usize {
        if let Some(input) = one(&self.state.root, "input[type=search]") {
            input.unchecked_into::<HtmlInputElement>().set_value(text);
        }
        self.state.search(text, go)
    }
}

impl Drop for Reader {
    fn drop(&mut self) {
        // The spy's closures hold the state, and the state the spy.
        self.state.spy.replace(None);
        self.state.search.borrow().clear();
        self.state.root.remove();
    }
}

/// Trees are as deep as sections nest, and those are kept shallow (html/index.rs). What is marked by `data-wait` is left
/// for later.
fn build(document: &Document, tree: html::Node, waiting: &mut VecDeque<(Element, usize)>) -> Result<Node, JsValue> {
    let html::Element { tag, attributes, children } = match tree {
        html::Node::Text(text) => return Ok(document.create_text_node(&text).into()),
        html::Node::Element(element) => element,
    };
    let element = document.create_element(tag)?;
    for (name, value) in &attributes {
        if *name == "data-wait" {
            waiting.push_back((element.clone(), value.parse().unwrap_or(usize::MAX)));
        }
        element.set_attribute(name, value)?;
    }
    for child in children {
        element.append_child(&build(document, child, waiting)?)?;
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
    let on = |kind: &'static str, phase: EventListenerPhase, handle: fn(&State, &Event)| {
        let state = Rc::clone(state);
        let root = state.root.clone();
        let options = EventListenerOptions { phase, passive: false };
        EventListener::new_with_options(&root, kind, options, move |event| handle(&state, event))
    };
    let (bubble, capture) = (EventListenerPhase::Bubble, EventListenerPhase::Capture);
    vec![
        on("click", bubble, State::clicked),
        on("input", bubble, State::typed),
        on("compositionstart", bubble, State::composed),
        on("compositionend", bubble, State::composed),
        on("keydown", bubble, State::pressed),
        on("beforematch", bubble, State::matched),
        // These two do not bubble, but they can be heard on their way down.
        on("toggle", capture, State::popped),
        on("close", capture, State::closed),
    ]
}

impl State {
    /// Tells the page what happened, and what belongs to it.
    fn tell(&self, what: &str, id: &str, more: &JsValue) {
        if let Some(tell) = &self.source.tell {
            // What a page's own listener throws is its own affair.
            let _ = tell.call3(&JsValue::NULL, &what.into(), &id.into(), more);
        }
    }

    fn go_to(&self, id: &str) -> bool {
        self.reach(id);
        // By an id of the analysis, an anchor, or either as it stands in the page.
        let (own, id) = (quoted(&format!("{}{id}", self.source.look.prefix)), quoted(id));
        let selector = format!(":is(.section,.clause):is([id={id}],[id={own}]),.section[data-id={id}]");
        let Some(target) = one(&self.root, &selector) else { return false };
        self.close_drawer();
        // A section opens itself too, and its heading takes the focus.
        let shown = if let Some(button) = one(&target, ".head button") {
            self.toggle(&target, true, false);
            button
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

    /// Makes the parts around a section or clause, from the outermost.
    fn reach(&self, id: &str) {
        let view = &self.source.view;
        let id = id.strip_prefix(self.source.look.prefix.as_str()).unwrap_or(id);
        let clause = view.clauses.iter().find(|clause| clause.id == id).map(|clause| clause.section.as_str());
        let section = |id: &str| view.sections.iter().find(|section| section.id == id || section.anchor == id);
        let mut chain = Vec::new();
        let mut at = section(clause.unwrap_or(id));
        while let Some(found) = at.filter(|_| chain.len() < view.sections.len()) {
            chain.push(found.id.as_str());
            at = found.parent.as_deref().and_then(section);
        }
        for id in chain.into_iter().rev() {
            if let Some(section) = one(&self.root, &format!(".section[data-id={}]", quoted(id))) {
                self.fill(&section);
            }
        }
    }

    /// Makes the part of a section, if it waits.
    fn fill(&self, section: &Element) {
        let Some(part) = one(section, ".body").filter(|part| part.has_attribute("data-wait")) else { return };
        let mut waiting = self.waiting.borrow_mut();
        let Some(at) = waiting.iter().position(|(waits, _)| *waits == part) else { return };
        if let Some((part, at)) = waiting.remove(at) {
            drop(waiting);
            self.make(&part, self.source.shown().section(at));
        }
    }

    /// Makes the next parts until these hold so many nodes.
    fn fill_next(&self, most: usize) -> bool {
        let shown = self.source.shown();
        let mut made = 0;
        while made < most {
            let next = self.waiting.borrow_mut().pop_front();
            let Some((part, at)) = next else { return false };
            let nodes = shown.section(at);
            made += nodes.len() + 1;
            self.make(&part, nodes);
        }
        !self.waiting.borrow().is_empty()
    }

    /// Makes all that waits, for what looks through the whole text.
    fn complete(&self) {
        self.fill_next(usize::MAX);
    }

    fn make(&self, part: &Element, children: Vec<html::Node>) {
        let _ = part.remove_attribute("data-wait");
        let mut inner = VecDeque::new();
        for child in children {
            let made = build(&self.document, child, &mut inner);
            let _ = made.and_then(|node| part.append_child(&node));
        }
        // Sections in it come before those behind it.
        let mut waiting = self.waiting.borrow_mut();
        while let Some(last) = inner.pop_back() {
            waiting.push_front(last);
        }
        drop(waiting);
        if let Some(spy) = &*self.spy.borrow() {
            spy.watch(part);
        }
    }

    /// Opens or closes one section.
    fn toggle(&self, section: &Element, open: bool, person: bool) {
        if open {
            self.fill(section);
            set(section, "data-seen", "");
        }
        let (Some(button), Some(part)) = (one(section, ".head button"), one(section, ".body")) else { return };
        set(&button, "aria-expanded", if open { "true" } else { "false" });
        if open {
            set(section, "data-open", "");
            let _ = part.remove_attribute("hidden");
        } else {
            let _ = section.remove_attribute("data-open");
            set(&part, "hidden", "until-found");
        }
        if person {
            self.tell("toggle", &attribute(section, "data-id"), &JsValue::from_bool(open));
        }
    }

    /// Opens what encloses an element, brings it into view and flashes it.
    fn show(&self, element: &Element) {
        while let Ok(Some(part)) = element.closest(".body[hidden]") {
            let Ok(Some(section)) = part.closest(".section") else { break };
            self.toggle(&section, true, false);
        }
        // What is shown stands in the text: another tab gives way (www/policy-reader.js).
        self.tell("text", "", &JsValue::UNDEFINED);
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
        if let (Some(spy), Ok(Some(section))) = (&*self.spy.borrow(), element.closest(".section")) {
            spy.pin(&section);
        }
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
        if open {
            self.complete();
        }
        for section in all(&self.root, ".section") {
            self.toggle(&section, open, false);
        }
        self.offer(!open);
    }

    fn open_only(&self, ids: &str) {
        let wanted = |id: &str| ids.split_ascii_whitespace().any(|other| other == id);
        for id in ids.split_ascii_whitespace() {
            self.reach(id);
        }
        for section in all(&self.root, ".section") {
            self.toggle(&section, wanted(&attribute(&section, "data-id")), false);
        }
    }

    /// What the button for all sections does next.
    fn offer(&self, expand: bool) {
        if let Some(button) = one(&self.root, "[data-expand]") {
            let (next, says) = if expand { ("expand", "data-expand") } else { ("collapse", "data-collapse") };
            button.set_text_content(Some(&attribute(&button, says)));
            set(&button, "data-action", next);
        }
    }

    fn switch(&self, switch: &Element, kind: &str, on: bool) {
        set(switch, "aria-pressed", if on { "true" } else { "false" });
        set_class(&self.root, &format!("without-{kind}"), !on);
    }

    /// Goes to the next place of a highlight, or to the first if another was stepped through before.
    fn step_through(&self, kind: &str, forward: bool) {
        if self.steps.borrow().kind == kind && !kind.is_empty() {
            return self.step(forward);
        }
        self.leave();
        self.complete();
        let places = all(&self.root, &format!(".clause.has-{kind}"));
        if let Some(switch) = one(&self.root, &format!("[data-switch=\"{kind}\"]")) {
            self.switch(&switch, kind, true);
        }
        *self.steps.borrow_mut() = Steps { kind: kind.to_owned(), places, at: 0 };
        self.arrive(true);
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
        self.arrive(true);
    }

    /// Shows the place that the steps are at, and says which it is.
    fn arrive(&self, go: bool) {
        let steps = self.steps.borrow();
        let m = &self.source.messages;
        let searching = steps.kind.is_empty();
        let position = match steps.places.get(steps.at) {
            Some(place) => {
                if go {
                    self.show(place);
                }
                let (index, count) = ((steps.at + 1).to_string(), steps.places.len().to_string());
                let kind = if searching { String::new() } else { m.title("highlight", &steps.kind) };
                let key = if searching { "search.position" } else { "stepper.position" };
                m.fill(key, &[("kind", &kind), ("index", &index), ("count", &count)])
            }
            None => m.text("search.none").to_owned(),
        };
        if searching {
            self.search.borrow().mark_current(steps.at);
        }
        let stepper = one(&self.root, ".stepper");
        if let Some(stepper) = stepper.filter(|_| !searching) {
            let _ = stepper.remove_attribute("hidden");
        }
        if let Some(find) = one(&self.root, ".find") {
            set_class(&find, "active", searching);
        }
        if let Some(text) = one(&self.root, if searching { ".count" } else { ".position" }) {
            text.set_text_content(Some(&position));
        }
    }

    fn leave(&self) {
        *self.steps.borrow_mut() = Steps::default();
        self.search.borrow().clear();
        if let Some(input) = one(&self.root, "input[type=search]") {
            input.unchecked_into::<HtmlInputElement>().set_value("");
        }
        if let Some(find) = one(&self.root, ".find") {
            set_class(&find, "active", false);
        }
        set_class(&self.root, "finding", false);
        if let Some(count) = one(&self.root, ".count") {
            count.set_text_content(None);
        }
        if let Some(stepper) = one(&self.root, ".stepper") {
            set(&stepper, "hidden", "");
        }
    }

    fn search(&self, text: &str, go: bool) -> usize {
        if text.trim().is_empty() {
            self.leave();
            return 0;
        }
        self.complete();
        // On a phone the field is out of sight until it is wanted.
        set_class(&self.root, "finding", true);
        if let Some(stepper) = one(&self.root, ".stepper") {
            set(&stepper, "hidden", "");
        }
        let places = self.search.borrow_mut().find(&self.document, &self.root, text);
        let count = places.len();
        *self.steps.borrow_mut() = Steps { kind: String::new(), places, at: 0 };
        self.arrive(go);
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
