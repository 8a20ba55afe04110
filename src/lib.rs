//! A privacy policy's text → outline, highlights and a plain-language card.
//!
//! ```
//! use policy_reader::{Options, analyze};
//! let view = analyze("Privacy Policy\n\n1. What we collect\nWe collect your name.\n", &Options::default()).view();
//! assert_eq!(view.sections[0].title, "What we collect");
//! ```

pub mod annotations;
pub mod blocks;
pub mod clauses;
#[doc(hidden)]
pub mod invariants;
pub mod lexicon;
pub mod numbering;
pub mod outline;
pub mod text;
pub mod view;

use blocks::Document;
use clauses::Clause;
use outline::Outline;
use view::View;

/// What a caller may set.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Read the source as this instead of recognising it.
    pub format: Option<Format>,
}

/// How a source is marked up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// CommonMark with tables, with the bold of Chinese text mended.
    Markdown,
    /// A page or a fragment.
    Html,
    /// Neither.
    Plain,
}

/// The whole analysis of one source. All spans are bytes of `document.text`.
#[derive(Clone, Debug)]
pub struct Analysis {
    /// Canonical text and blocks.
    pub document: Document,
    /// Sections, and what each block is.
    pub outline: Outline,
    /// In reading order.
    pub clauses: Vec<Clause>,
    /// One per clause.
    pub labels: Vec<bool>,
    /// BCP 47.
    pub language: &'static str,
    /// What the program was unsure of.
    pub notes: Vec<String>,
}

impl Analysis {
    /// The render-ready counterpart.
    #[must_use]
    pub fn view(&self) -> View {
        view::render(self)
    }
}

/// Reads a policy. Never fails: doubts go to `notes`.
#[must_use]
pub fn analyze(source: &str, options: &Options) -> Analysis {
    let document = blocks::read(source, options.format);
    let outline = outline::build(&document);
    let clauses = clauses::split(&document, &outline);
    Analysis { document, outline, clauses, labels: Vec::new(), language: "zh-Hans", notes: Vec::new() }
}
