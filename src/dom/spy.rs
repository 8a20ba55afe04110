//! Scrolling → which entry of the contents is the current one.

use std::cell::RefCell;

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::js_sys::Array;
use web_sys::{Element, HtmlElement, IntersectionObserver, IntersectionObserverEntry, IntersectionObserverInit};

/// The band of the window, below the toolbar, in which a section is being read.
const BAND: &str = "-15% 0px -75% 0px";

pub struct Spy {
    observer: IntersectionObserver,
    _seen: Closure<dyn FnMut(Array)>,
}

impl Spy {
    pub fn new(root: &Element) -> Option<Self> {
        let nav = super::one(root, "nav.contents")?;
        let sections = super::all(root, "details.section");
        // Which sections cross the band, in reading order: the last of them is the innermost.
        let crossing = RefCell::new(vec![false; sections.len()]);
        let known = sections.clone();
        let seen = Closure::new(move |entries: Array| {
            let mut crossing = crossing.borrow_mut();
            for entry in entries.iter() {
                let entry: IntersectionObserverEntry = entry.unchecked_into();
                let id = super::attribute(&entry.target(), "data-id");
                let number = id.get(1..).and_then(|n| n.parse::<usize>().ok());
                if let Some(place) = number.and_then(|n| crossing.get_mut(n)) {
                    *place = entry.is_intersecting();
                }
            }
            let innermost = crossing.iter().rposition(|crosses| *crosses);
            // Sections stand in the order of their ids.
            if let Some(section) = innermost.and_then(|n| known.get(n)) {
                mark(&nav, section);
            }
        });
        let options = IntersectionObserverInit::new();
        options.set_root_margin(BAND);
        let observer = IntersectionObserver::new_with_options(seen.as_ref().unchecked_ref(), &options).ok()?;
        for section in &sections {
            observer.observe(section);
        }
        Some(Self { observer, _seen: seen })
    }
}

impl Drop for Spy {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}

/// Marks the entry of a section, or of the nearest section around it that has one.
fn mark(nav: &Element, section: &Element) {
    let mut at = Some(section.clone());
    while let Some(section) = at {
        let id = super::quoted(&super::attribute(&section, "data-id"));
        if let Some(link) = super::one(nav, &format!("a[data-goto={id}]")) {
            if super::attribute(&link, "aria-current").is_empty() {
                for old in super::all(nav, "[aria-current]") {
                    let _ = old.remove_attribute("aria-current");
                }
                super::set(&link, "aria-current", "true");
                keep_in_view(nav, link.unchecked_ref());
            }
            return;
        }
        at = section.closest(&format!("details.section:not([data-id={id}])")).ok().flatten();
    }
}

/// Scrolls the contents alone, never the page.
fn keep_in_view(nav: &Element, link: &HtmlElement) {
    let (top, height) = (link.offset_top(), nav.client_height());
    if top < nav.scroll_top() || top + link.offset_height() > nav.scroll_top() + height {
        nav.set_scroll_top(top - height / 2);
    }
}
