//! What a reader typed → the places where it stands, painted without touching the text.
//!
//! The browser's custom highlights (`CSS.highlights`) colour ranges; where they are missing, the place that is shown
//! still flashes. They belong to the document, so the reader that was searched last has them.

use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::{Document, Element, Range};

use crate::html::find;

/// Ranges beyond this many are counted and stepped through, but not painted.
const MOST_PAINTED: usize = 2000;

/// Names in the style sheet: `::highlight(policy-found)`.
const FOUND: &str = "policy-found";
const CURRENT: &str = "policy-current";

/// `NodeFilter.SHOW_TEXT`.
const SHOW_TEXT: u32 = 4;

#[wasm_bindgen]
extern "C" {
    type Highlight;
    #[wasm_bindgen(constructor, catch)]
    fn new() -> Result<Highlight, JsValue>;
    #[wasm_bindgen(method)]
    fn add(this: &Highlight, range: &Range);

    type Highlights;
    #[wasm_bindgen(method)]
    fn set(this: &Highlights, name: &str, highlight: &Highlight);
    #[wasm_bindgen(method, js_name = delete)]
    fn remove(this: &Highlights, name: &str);
    #[wasm_bindgen(thread_local_v2, js_namespace = CSS, js_name = highlights)]
    static HIGHLIGHTS: Option<Highlights>;
}

#[derive(Default)]
pub struct Search {
    /// What can be found, with its text; read once, at the first search.
    texts: Vec<(Element, String)>,
    ranges: Vec<Range>,
}

impl Search {
    /// Paints every place and returns the elements they stand in, one for each place.
    pub fn find(&mut self, document: &Document, root: &Element, query: &str) -> Vec<Element> {
        if self.texts.is_empty() {
            let searched = super::all(root, ".title, th, tr.clause > td, span.clause");
            self.texts = searched.into_iter().map(|e| (e.clone(), e.text_content().unwrap_or_default())).collect();
        }
        self.ranges.clear();
        let mut places = Vec::new();
        for (element, text) in &self.texts {
            for hit in find(text, query) {
                if self.ranges.len() < MOST_PAINTED {
                    self.ranges.extend(range(document, element, hit));
                }
                places.push(element.clone());
            }
        }
        paint(FOUND, &self.ranges);
        places
    }

    /// Paints the place that is shown now.
    pub fn mark_current(&self, at: usize) {
        paint(CURRENT, self.ranges.get(at).map_or(&[], std::slice::from_ref));
    }

    pub fn clear(&self) {
        if !self.ranges.is_empty() {
            paint(FOUND, &[]);
            paint(CURRENT, &[]);
        }
    }
}

fn paint(name: &str, ranges: &[Range]) {
    HIGHLIGHTS.with(|highlights| {
        let Some(highlights) = highlights else { return };
        match Highlight::new() {
            Ok(highlight) if !ranges.is_empty() => {
                for range in ranges {
                    highlight.add(range);
                }
                highlights.set(name, &highlight);
            }
            _ => highlights.remove(name),
        }
    });
}

/// The range of `[start, end)`, in UTF-16 code units of the element's text.
fn range(document: &Document, element: &Element, [start, end]: [usize; 2]) -> Option<Range> {
    let walker = document.create_tree_walker_with_what_to_show(element, SHOW_TEXT).ok()?;
    let range = document.create_range().ok()?;
    let (mut before, mut begun) = (0, false);
    while let Ok(Some(node)) = walker.next_node() {
        let length = node.text_content().map_or(0, |t| t.encode_utf16().count());
        let place = |at: usize| u32::try_from(at.saturating_sub(before)).unwrap_or(0);
        if !begun && start < before + length {
            range.set_start(&node, place(start)).ok()?;
            begun = true;
        }
        if end <= before + length {
            range.set_end(&node, place(end)).ok()?;
            return Some(range);
        }
        before += length;
    }
    None
}
