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
#[cfg(all(target_arch = "wasm32", not(feature = "lists")))]
mod dom;
pub mod facts;
pub mod html;
#[doc(hidden)]
pub mod invariants;
pub mod keep;
pub mod labels;
pub mod lexicon;
pub mod lists;
pub mod numbering;
pub mod outline;
pub mod plain;
pub mod practices;
pub mod steps;
pub mod summary;
pub mod text;
pub mod tokens;
pub mod unread;
pub mod view;
#[cfg(all(target_arch = "wasm32", not(feature = "lists")))]
pub mod wasm;
#[cfg(all(target_arch = "wasm32", feature = "lists"))]
pub mod wasm_lists;

use annotations::{Known, Places};
use blocks::Document;
use clauses::Clause;
use facts::Facts;
use labels::{Label, Labeller, Line};
use lexicon::messages::messages;
use lexicon::script::{Simplified, language};
use outline::{Outline, Role};
use steps::pause;
use summary::Subjects;
use text::is_ideograph;
use tokens::Tokens;
use unread::Unread;
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
    steps::all(analyze_in_steps(source, options))
}

/// The same, with a pause behind each stage that takes its time: a page answers in between.
pub async fn analyze_in_steps(source: &str, options: &Options) -> Analysis {
    let simplified = Simplified::of(source);
    let read = simplified.as_ref().map_or(source, |s| s.text.as_str());
    let document = blocks::read_in_steps(read, options.format).await;
    pause().await;
    let language = if simplified.is_some() { "zh-Hant" } else { language(&document.text) };
    let outline = outline::build(&document).await;
    pause().await;
    let clauses = clauses::split(&document, &outline);
    pause().await;
    let labels =
        if options.no_topics { vec![Label::default(); clauses.len()] } else { label(&document, &outline, &clauses) };
    pause().await;
    let (practices, marks, mut points, facts, subjects, checklist) = {
        let tokens = Tokens::scan(&document, &outline, &clauses).await;
        pause().await;
        let practices = practices::read(&document, &outline, &clauses, &tokens).await;
        pause().await;
        let places = Places::new(&document, &outline, &clauses, &practices);
        let mut marks = annotations::find(&|i| places.get(i), &|i, _| tokens.clause(i)).await;
        annotations::printed(&mut marks, &document.bold, &|i| places.get(i), &|i, group| tokens.has(i, group));
        annotations::bind(&mut marks, &|i| practices.terms(i));
        pause().await;
        let facts = facts::extract(&document, &outline, &clauses, &tokens, &practices).await;
        pause().await;
        let periods = facts.retention.iter().filter(|p| {
            let period = &p.value;
            period.duration.is_some() && !period.statutory && !period.least
        });
        let periods: Vec<usize> = periods.flat_map(text::Evidenced::clauses).copied().collect();
        let (contacts, company) = (!facts.contacts.is_empty(), facts.controller.is_some());
        let known = Known { contacts, company, periods: &periods };
        let points = annotations::points(&|i| places.get(i), &mut marks, known);
        pause().await;
        let mut subjects = Subjects::new(&tokens, &outline, &clauses, &practices);
        let checklist = {
            let (outline, clauses, tokens, practices) = (&outline, &clauses[..], &tokens, &practices);
            let (marks, facts, subjects) = (&marks[..], &facts, &subjects);
            checklist::list(checklist::Read { outline, clauses, tokens, practices, marks, facts, subjects })
        };
        for item in &checklist {
            if let Some(slot) = checklist::card(item.name) {
                subjects.add(slot, &item.clauses);
            }
        }
        (practices, marks, points, facts, subjects, checklist)
    };
    pause().await;
    let lang = if options.lang.is_empty() { language } else { options.lang.as_str() };
    let notes = document.notes.iter().chain(&outline.notes).cloned().collect();
    let unread = unread::judge(source, &document, &outline, &clauses, &facts, language);
    summary::tell(&mut points, &facts, lang);
    let mut read = Analysis {
        document,
        outline,
        clauses,
        labels,
        practices,
        marks,
        points,
        facts,
        checklist,
        card: Vec::new(),
        language,
        unread,
        simplified,
        notes,
    };
    if let Some(why) = unread {
        read.keep_sure(why, lang);
    }
    let compose = match unread {
        None | Some(Unread::Agreement) => summary::compose,
        Some(why) if why.is_policy() => summary::sure,
        Some(_) => |_: summary::Read<'_>, _: &str| Vec::new(),
    };
    read.card = compose(read.all(&subjects), lang);
    read.restore(source);
    read
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
    /// Keeps what may be said of a source that stays unread, and a note that tells why.
    fn keep_sure(&mut self, why: Unread, lang: &str) {
        self.notes.insert(0, messages(lang).title("unread", why.as_str()));
        // It is read as any text; the note says what it is.
        if why == Unread::Agreement {
            return;
        }
        self.points = Vec::new();
        self.checklist = Vec::new();
        if why != Unread::TooShort {
            self.marks = Vec::new();
            self.practices = practices::Practices::default();
            let facts = std::mem::take(&mut self.facts);
            self.facts =
                if why.is_policy() { unread::sure(facts, &self.document, &self.clauses) } else { Facts::default() };
        }
    }

    /// What the card is made from.
    fn all<'a>(&'a self, subjects: &'a Subjects) -> summary::Read<'a> {
        let Self { document, clauses, facts, marks, points, practices, .. } = self;
        let simplified = self.simplified.as_ref();
        summary::Read { document, clauses, facts, marks, points, subjects, practices, simplified }
    }

    /// Puts the characters of the source back where others were read.
    fn restore(&mut self, source: &str) {
        let Some(simplified) = &self.simplified else { return };
        self.document.text.restore(&simplified.text, source);
        for link in self.document.links.iter_mut().filter(|link| link.href.contains(is_ideograph)) {
            link.href = simplified.original(&link.href);
        }
    }

    /// The render-ready counterpart.
    #[must_use]
    pub fn view(&self) -> View {
        steps::all(view::render(self))
    }
}
