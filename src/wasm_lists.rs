//! The second module's boundary to JavaScript: an analysis as JSON → lists and checklist as trees, files to take away.
//!
//! A page fetches it when somebody opens a list or saves something (www/lists.js); the first module knows nothing of it.

use wasm_bindgen::prelude::*;

use crate::html::Look;
use crate::lexicon::messages::{self, Messages};
use crate::view::View;

#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

/// Takes in labels (lexicon/messages.rs).
#[wasm_bindgen(js_name = addLabels)]
pub fn add_labels(lang: &str, text: String) {
    messages::add(lang, text);
}

/// An analysis with the words in which it is shown.
#[wasm_bindgen]
pub struct Kept {
    view: View,
    messages: Messages,
}

#[wasm_bindgen]
impl Kept {
    /// Reads what `analyze` returned, as JSON.
    #[wasm_bindgen(constructor)]
    pub fn new(json: &str, lang: &str) -> Result<Self, JsError> {
        let view = View::of_json(json).ok_or_else(|| JsError::new("this is no analysis"))?;
        Ok(Self { view, messages: messages::messages(lang) })
    }

    /// A form in which a policy, or one of its lists, is taken away (keep.rs); nothing for one that there is not.
    #[must_use]
    pub fn keep(&self, kind: &str, list: &str) -> Option<String> {
        crate::keep::keep(&self.view, &self.messages, kind, list)
    }

    /// What a tab shows, `lists` or `checklist`, as JSON of a tree; ids begin with the prefix.
    #[must_use]
    pub fn pane(&self, name: &str, prefix: &str) -> String {
        let look = Look { controls: true, prefix: prefix.into(), ..Look::default() };
        crate::html::lists::pane(&self.view, &self.messages, &look, name).json()
    }
}
