//! Scrolling → which section is being read, whether the card was passed, and whether the end was reached.

use std::cell::RefCell;
use std::rc::{Rc, Weak};

use wasm_bindgen::JsCast;
use wasm_bindgen::JsValue;
use wasm_bindgen::closure::Closure;
use web_sys::js_sys::Array;
use web_sys::{Element, HtmlElement, IntersectionObserver, IntersectionObserverEntry, IntersectionObserverInit};

use super::{State, all, attribute, one, quoted, set, set_class};

/// The band of the window, below the toolbar, in which a section is being read.
const BAND: &str = "-15% 0px -75% 0px";

pub struct Spy {
    reading: Observer,
    _passing: Observer,
    inner: Rc<RefCell<Inner>>,
}

/// An observer with the closure that it calls.
struct Observer {
    observer: IntersectionObserver,
    _seen: Closure<dyn FnMut(Array)>,
}

#[derive(Default)]
struct Inner {
    /// Sections that cross the band, by the number of their id: the last of them is the innermost.
    crossing: Vec<Option<Element>>,
    /// The section that was gone to: it is the current one while its head is in view.
    pinned: Option<Element>,
    current: String,
    ended: bool,
}

impl Observer {
    fn new(
        margin: &str,
        mut seen: impl FnMut(&IntersectionObserverEntry) + 'static,
        mut after: impl FnMut() + 'static,
    ) -> Option<Self> {
        let seen = Closure::<dyn FnMut(Array)>::new(move |entries: Array| {
            for entry in entries.iter() {
                seen(entry.unchecked_ref());
            }
            after();
        });
        let options = IntersectionObserverInit::new();
        options.set_root_margin(margin);
        let observer = IntersectionObserver::new_with_options(seen.as_ref().unchecked_ref(), &options).ok()?;
        Some(Self { observer, _seen: seen })
    }
}

impl Drop for Observer {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}

impl Spy {
    pub fn new(state: &Rc<State>) -> Option<Self> {
        one(&state.root, ".toolbar")?;
        let inner = Rc::new(RefCell::new(Inner::default()));
        let (sections, marked) = (Rc::clone(&inner), Rc::clone(&inner));
        let (weak, told) = (Rc::downgrade(state), Rc::downgrade(state));
        let reading = Observer::new(
            BAND,
            move |entry| {
                let section = entry.target();
                let Some(number) = attribute(&section, "data-id").get(1..).and_then(|n| n.parse::<usize>().ok()) else {
                    return;
                };
                let crossing = &mut sections.borrow_mut().crossing;
                if crossing.len() <= number {
                    crossing.resize(number + 1, None);
                }
                if let Some(place) = crossing.get_mut(number) {
                    *place = entry.is_intersecting().then_some(section);
                }
            },
            move || current(&weak, &marked),
        )?;
        let ended = Rc::clone(&inner);
        let passing = Observer::new(
            "0px",
            move |entry| {
                let Some(state) = told.upgrade() else { return };
                let seen = entry.is_intersecting();
                if entry.target().class_list().contains("end") {
                    if seen && !ended.borrow().ended && one(&state.root, ".section:not([data-seen])").is_none() {
                        ended.borrow_mut().ended = true;
                        state.tell("read-end", "", &JsValue::UNDEFINED);
                    }
                } else {
                    set_class(&state.root, "past", !seen);
                }
            },
            || {},
        )?;
        for watched in all(&state.root, ".main > .card, .end") {
            passing.observer.observe(&watched);
        }
        if one(&state.root, ".main > .card").is_none() {
            set_class(&state.root, "past", true);
        }
        let spy = Self { reading, _passing: passing, inner };
        spy.watch(&state.root);
        Some(spy)
    }

    /// Watches the sections that were made inside an element.
    pub fn watch(&self, part: &Element) {
        for section in all(part, ".section") {
            self.reading.observer.observe(&section);
        }
    }

    /// A section that somebody went to is the current one, wherever the window could scroll.
    pub fn pin(&self, section: &Element) {
        self.inner.borrow_mut().pinned = Some(section.clone());
    }
}

fn current(state: &Weak<State>, inner: &Rc<RefCell<Inner>>) {
    let Some(state) = state.upgrade() else { return };
    let mut inner = inner.borrow_mut();
    let window = f64::from(state.document.document_element().map_or(0, |page| page.client_height()));
    let in_view = |section: &Element| {
        let top = section.get_bounding_client_rect().top();
        (-1.0..window).contains(&top)
    };
    let pinned = inner.pinned.take().filter(in_view);
    let section = pinned.clone().or_else(|| inner.crossing.iter().rev().flatten().next().cloned());
    inner.pinned = pinned;
    let Some(section) = section else { return };
    let id = attribute(&section, "data-id");
    if inner.current != id {
        inner.current.clone_from(&id);
        if let Some(nav) = one(&state.root, "nav.contents") {
            mark(&nav, &section);
        }
        state.tell("section-view", &id, &JsValue::UNDEFINED);
    }
}

/// Marks the entry of a section, or of the nearest section around it that has one.
fn mark(nav: &Element, section: &Element) {
    let mut at = Some(section.clone());
    while let Some(section) = at {
        let id = quoted(&attribute(&section, "data-id"));
        if let Some(link) = one(nav, &format!("a[data-goto={id}]")) {
            if attribute(&link, "aria-current").is_empty() {
                for old in all(nav, "[aria-current]") {
                    let _ = old.remove_attribute("aria-current");
                }
                set(&link, "aria-current", "true");
                // The branch that is read unfolds: by a class, as `:has()` would look through the whole tree each time.
                for old in all(nav, ".here") {
                    set_class(&old, "here", false);
                }
                while let Ok(Some(outer)) = link.closest("li:not(.here)") {
                    set_class(&outer, "here", true);
                }
                keep_in_view(nav, link.unchecked_ref());
            }
            return;
        }
        at = section.closest(&format!(".section:not([data-id={id}])")).ok().flatten();
    }
}

/// Scrolls the contents alone, never the page.
pub fn keep_in_view(nav: &Element, link: &HtmlElement) {
    let (top, height) = (link.offset_top(), nav.client_height());
    if top < nav.scroll_top() || top + link.offset_height() > nav.scroll_top() + height {
        nav.set_scroll_top(top - height / 2);
    }
}
