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
pub mod checklist;
pub mod clauses;
#[cfg(target_arch = "wasm32")]
mod dom;
pub mod facts;
pub mod html;
#[doc(hidden)]
pub mod invariants;
pub mod labels;
pub mod lexicon;
pub mod lists;
pub mod numbering;
pub mod outline;
pub mod plain;
pub mod summary;
pub mod text;
pub mod tokens;
pub mod unread;
pub mod view;
#[cfg(target_arch = "wasm32")]
pub mod wasm;

use annotations::Places;
use blocks::Document;
use clauses::Clause;
use labels::{Label, Labeller, Line};
use lexicon::messages::messages;
use lexicon::script::language;
use outline::{Outline, Role};
use tokens::Tokens;
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
    /// Leave topics and importance of clauses out.
    pub no_topics: bool,
}

/// Reads a policy. Never fails: doubts go to `notes`.
#[must_use]
pub fn analyze(source: &str, options: &Options) -> Analysis {
    let document = blocks::read(source, options.format);
    let outline = outline::build(&document);
    let clauses = clauses::split(&document, &outline);
    let labels =
        if options.no_topics { vec![Label::default(); clauses.len()] } else { label(&document, &outline, &clauses) };
    let (marks, points, facts, checklist) = {
        let tokens = Tokens::scan(&document, &outline, &clauses);
        let places = Places::new(&document, &outline, &clauses);
        let marks = annotations::find(&|i| places.get(i), &|i, _| tokens.clause(i));
        let points = annotations::points(&|i| places.get(i), &marks);
        let facts = facts::extract(&document, &outline, &clauses, &tokens);
        let count = (clauses.len(), outline.sections.len());
        let checklist = checklist::list(&facts, &marks, &tokens, count);
        (marks, points, facts, checklist)
    };
    let language = language(&document.text);
    let lang = if options.lang.is_empty() { language } else { options.lang.as_str() };
    let notes = document.notes.iter().chain(&outline.notes).cloned().collect();
    let unread = unread::judge(source, &document, &outline, &clauses, language);
    let read = Analysis {
        document,
        outline,
        clauses,
        labels,
        marks,
        points,
        facts,
        checklist,
        card: Vec::new(),
        language,
        unread: None,
        notes,
    };
    match unread {
        Some(why) => read.only_sure(why, lang),
        None => Analysis { card: summary::compose(&read.facts, &read.marks, lang), ..read },
    }
}

/// Labels the clauses as lines among the headings, in reading order: what the model was trained on.
fn label(document: &Document, outline: &Outline, clauses: &[Clause]) -> Vec<Label> {
    let mut labeller = Labeller::new(clauses.len());
    let mut next = clauses.iter().peekable();
    for (i, (block, role)) in document.blocks.iter().zip(&outline.roles).enumerate() {
        if let Role::Heading(_) = role {
            labeller.take(Line { text: document.text.slice(block.span), heading: true });
        }
        while let Some(clause) = next.next_if(|c| c.block() == i) {
            labeller.take(Line { text: document.text.slice(clause.span), heading: false });
        }
    }
    labeller.finish()
}

impl Analysis {
    /// What may be said of a source that stays unread: a note tells why; of a policy in another language there are a card
    /// and facts of what is sure.
    fn only_sure(mut self, why: unread::Unread, lang: &str) -> Self {
        self.unread = Some(why);
        self.points = Vec::new();
        self.checklist = Vec::new();
        if why != unread::Unread::TooShort {
            self.marks = Vec::new();
            let facts = std::mem::take(&mut self.facts);
            self.facts = if why.is_policy() {
                unread::sure(facts, &self.document, &self.clauses)
            } else {
                facts::Facts::default()
            };
        }
        if why.is_policy() {
            self.card = summary::sure(&self.facts, lang);
        }
        self.notes.insert(0, messages(lang).title("unread", why.as_str()));
        self
    }

    /// The render-ready counterpart.
    #[must_use]
    pub fn view(&self) -> View {
        view::render(self)
    }
}
