//! A privacy policy's text → outline, highlights and a plain-language card.
//!
//! ```
//! use policy_reader::{Options, analyze};
//! let view = analyze("Privacy Policy\n\n1. What we collect\nWe collect your name.\n", &Options::default()).view();
//! assert_eq!(view.sections[0].title, "What we collect");
//! ```

pub mod analysis;
pub mod annotations;
pub mod blocks;
pub mod clauses;
#[cfg(target_arch = "wasm32")]
mod dom;
pub mod facts;
pub mod html;
pub mod labels;
pub mod lexicon;
pub mod numbering;
pub mod outline;
pub mod summary;
pub mod text;
pub mod view;
#[cfg(target_arch = "wasm32")]
pub mod wasm;

use annotations::Places;
use text::language;
use view::View;

pub use analysis::Analysis;
pub use blocks::Format;

/// What a caller may set.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Read the source as this instead of recognising it.
    pub format: Option<Format>,
    /// Language of the card's sentences, BCP 47; the policy's own where empty.
    pub lang: String,
}

/// Reads a policy. Never fails: doubts go to `notes`.
#[must_use]
pub fn analyze(source: &str, options: &Options) -> Analysis {
    let document = blocks::read(source, options.format);
    let outline = outline::build(&document);
    let clauses = clauses::split(&document, &outline);
    let places = Places::new(&document, &outline, &clauses);
    let places = places.all();
    let marks = annotations::find(&places);
    let points = annotations::points(&places, &marks);
    let facts = facts::extract(&document, &outline, &clauses);
    let language = language(&document.text);
    let lang = if options.lang.is_empty() { language } else { options.lang.as_str() };
    let card = summary::compose(&facts, &marks, lang);
    Analysis { document, outline, clauses, labels: Vec::new(), marks, points, facts, card, language, notes: Vec::new() }
}

impl Analysis {
    /// The render-ready counterpart.
    #[must_use]
    pub fn view(&self) -> View {
        view::render(self)
    }
}
