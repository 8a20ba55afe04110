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
        let nav = root.query_selector("nav.contents").ok().flatten()?;
        let sections = super::all(root, "details.section");
        // Which sections cross the band, in reading order: the last of them is the innermost.
        let crossing = RefCell::new(vec![false; sections.len()]);
        let known = sections.clone();
        let seen = Closure::new(move |entries: Array| {
            let mut crossing = crossing.borrow_mut();
            for entry in entries.iter() {
                let entry: IntersectionObserverEntry = entry.unchecked_into();
                let number = entry.target().get_attribute("data-id").and_then(|id| id.get(1..)?.parse::<usize>().ok());
                if let Some(place) = number.and_then(|n| crossing.get_mut(n)) {
                    *place = entry.is_intersecting();
                }
            }
            let innermost = crossing.iter().rposition(|crosses| *crosses);
            let section = innermost
                .map(|n| format!("s{n}"))
                .and_then(|id| known.iter().find(|s| s.get_attribute("data-id").is_some_and(|own| own == id)));
            if let Some(section) = section {
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
        let id = section.get_attribute("data-id").unwrap_or_default();
        if let Ok(Some(link)) = nav.query_selector(&format!("a[data-goto={}]", super::quoted(&id))) {
            if link.has_attribute("aria-current") {
                return;
            }
            for old in super::all(nav, "[aria-current]") {
                let _ = old.remove_attribute("aria-current");
            }
            let _ = link.set_attribute("aria-current", "true");
            keep_in_view(nav, link.unchecked_ref());
            return;
        }
        at = section.parent_element().and_then(|p| p.closest("details.section").ok().flatten());
    }
}

/// Scrolls the contents alone, never the page.
fn keep_in_view(nav: &Element, link: &HtmlElement) {
    let (top, height) = (link.offset_top(), nav.client_height());
    if top < nav.scroll_top() || top + link.offset_height() > nav.scroll_top() + height {
        nav.set_scroll_top(top - height / 2);
    }
}
