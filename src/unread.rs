//! A source and what was read of it → why it gets no card, or only what is sure: it is no policy, or one in a language
//! that there are no rules for.
//!
//! The words are in `data/zh/unread.txt`. What is claimed is little and must be true: an error page is never called a
//! policy that is silent on everything, and no English heading is contradicted by rules for Chinese.

use crate::blocks::Document;
use crate::clauses::Clause;
use crate::facts::Facts;
use crate::lexicon::reading::{Reading, has_word};
use crate::lexicon::{Hit, fold, group};
use crate::outline::Outline;
use crate::text::{Evidenced, Span, count, is_blank, is_ideograph, is_letter, stops};

/// Why a source gets no card, or only what is sure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unread {
    /// Nothing, or nothing but white space.
    Empty,
    /// Bytes that are no text: an image, a PDF, an archive.
    Binary,
    /// "Page not found", "access denied" and the like, served as if it were the page.
    NotFound,
    /// A form to sign in.
    Login,
    /// A page that its script would fill.
    ScriptShell,
    /// A handful of words.
    TooShort,
    /// A text that says nothing of information about people.
    NoPolicy,
    /// A policy, perhaps, in a language that there are no rules for.
    Language,
    /// An agreement on who owes what, which may say something of information.
    Agreement,
}

impl Unread {
    /// The code by which programs tell it; the message with its sentence is `unread.` and this.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::Binary => "binary",
            Self::NotFound => "not-found",
            Self::Login => "login",
            Self::ScriptShell => "script-shell",
            Self::TooShort => "too-short",
            Self::NoPolicy => "no-policy",
            Self::Language => "language",
            Self::Agreement => "agreement",
        }
    }

    /// Whether it may be a policy all the same, whose outline, search and sure facts serve a reader.
    #[must_use]
    pub const fn is_policy(self) -> bool {
        matches!(self, Self::Language | Self::Agreement)
    }
}

/// Words below which a text says nothing that a card could hold. An ideograph counts one, a Latin word two.
const SHORT: usize = 30;
/// Words up to which a page is searched for what tells an error page or a form: long texts may speak of passwords.
const PAGE: usize = 600;
/// Words of a form.
const FORM: usize = 200;
/// Clauses that tell of information from which on a text is a policy, whatever else stands in it.
const TELLING: usize = 2;
/// What a text is stands at the beginning.
const OPENS: usize = 20;
/// One character in so many that is none, or a control: a text has none of them.
const NOISE: usize = 20;

/// What stands in the way of reading a source as a policy. `language` is that of its text.
#[must_use]
pub fn judge(
    source: &str,
    document: &Document,
    outline: &Outline,
    clauses: &[Clause],
    facts: &Facts,
    language: &str,
) -> Option<Unread> {
    if is_binary(source) {
        return Some(Unread::Binary);
    }
    let text = document.text.as_str();
    let size = words(text, PAGE + 1);
    let scripted = source.len() > text.len() && has_script(source);
    if size < SHORT {
        let reading = Reading::only(text, [group!("unread.missing"), group!("unread.script"), group!("unread.login")]);
        return Some(match size {
            _ if reading.has(group!("unread.missing")) => Unread::NotFound,
            _ if scripted || reading.has(group!("unread.script")) => Unread::ScriptShell,
            0 => Unread::Empty,
            _ if reading.of(group!("unread.login")).len() > 1 => Unread::Login,
            _ => Unread::TooShort,
        });
    }
    let tells = |clause: &Clause| {
        Reading::only(document.text.slice(clause.span), [group!("unread.subject")]).has(group!("unread.subject"))
    };
    let telling = clauses.iter().filter(|c| tells(c)).take(TELLING).count();
    if telling < TELLING
        && let Some(page) = page(text, size, telling, scripted)
        && !(page == Unread::Login && is_whole(document, outline))
    {
        return Some(page);
    }
    if !language.starts_with("zh") {
        return Some(Unread::Language);
    }
    // A document that calls itself a policy is one, even if it tells of little; one that holds or names a policy, or tells
    // whose it is, too.
    let stated = facts.controller.is_some() || !facts.contacts.is_empty();
    if telling == 0 && !stated && !titled(document, outline, clauses) {
        return Some(Unread::NoPolicy);
    }
    agreement(document, outline).then_some(Unread::Agreement)
}

/// Whether a text is a document, however often it says "sign in": it has chapters with sentences.
fn is_whole(document: &Document, outline: &Outline) -> bool {
    let chapters = outline.sections.iter().filter(|s| !s.implicit).take(CHAPTERS).count();
    chapters == CHAPTERS && stops(document.text.as_str()) >= SENTENCES
}

/// Chapters that a form has not, and sentences that stand in them.
const CHAPTERS: usize = 2;
const SENTENCES: usize = 3;

/// Chapters on who owes or answers for what that make an agreement of a text which calls itself one.
const TERMS: usize = 2;

/// Characters of a line that may be a title.
const LINE: usize = 40;

/// Blocks that may say what a text is, where it has no title.
const OPENING: usize = 6;

/// Whether a text is an agreement and no policy: by its title and its first lines, by its chapters, and by no heading that
/// names a policy.
fn agreement(document: &Document, outline: &Outline) -> bool {
    let reads = |span, group| has_word(document.text.slice(span), group);
    let opening = || outline.title.into_iter().chain(document.blocks.iter().take(OPENING).map(|block| block.span));
    let titles = || outline.sections.iter().filter(|s| !s.implicit).map(|s| s.title);
    let terms = titles().filter(|t| reads(*t, group!("practice.chapter.terms"))).take(TERMS).count();
    // What is named first is the text itself; a sentence may point to a policy behind it, a line that names one is its title.
    let line = |span: &Span| count(document.text.slice(*span)) <= LINE;
    let first = |group| {
        opening().find(|span| reads(*span, group)).map(|span| {
            let reading = Reading::only(document.text.slice(span), [group]);
            span.start() + reading.of(group).first().map_or(0, Hit::start)
        })
    };
    let (ours, other) = (first(group!("title")), first(group!("title.other")));
    terms == TERMS
        && other.is_some_and(|other| ours.is_none_or(|ours| other < ours))
        && !opening().chain(titles()).filter(line).any(|span| reads(span, group!("title")))
}

/// Whether a title or a heading is that of a policy or an agreement, or the introduction names a policy.
fn titled(document: &Document, outline: &Outline, clauses: &[Clause]) -> bool {
    let has = |span, group| has_word(document.text.slice(span), group);
    let named = |span| has(span, group!("title")) || has(span, group!("title.other"));
    outline.title.is_some_and(named)
        || outline.sections.iter().any(|section| named(section.title))
        || clauses.iter().take(OPENS).any(|clause| has(clause.span, group!("title")))
}

/// An error page, a form or a shell, among texts that tell of next to nothing.
fn page(text: &str, size: usize, telling: usize, scripted: bool) -> Option<Unread> {
    if size > PAGE {
        return None;
    }
    let reading = Reading::only(text, [group!("unread.missing"), group!("unread.login"), group!("unread.script")]);
    if reading.has(group!("unread.missing")) {
        return Some(Unread::NotFound);
    }
    if size <= FORM && reading.of(group!("unread.login")).len() > 2 {
        return Some(Unread::Login);
    }
    let shell = telling == 0 && scripted && reading.has(group!("unread.script"));
    shell.then_some(Unread::ScriptShell)
}

/// Whether the source is no text: a PDF, zeros, or what is left of bytes that no encoding explains.
fn is_binary(source: &str) -> bool {
    if source.starts_with("%PDF-") || source.starts_with("PK\u{3}\u{4}") {
        return true;
    }
    let noise = |c: char| matches!(c, '\0'..='\x08' | '\x0e'..='\x1a' | '\x1c'..='\x1f' | '\u{fffd}');
    let (mut all, mut strange) = (0, 0);
    for c in source.chars().take(4096) {
        all += 1;
        strange += usize::from(noise(c));
    }
    strange * NOISE > all
}

/// Whether a script stands in the source: its first one does, in the head.
fn has_script(source: &str) -> bool {
    source.split('<').take(400).any(|tag| tag.get(..6).is_some_and(|name| name.eq_ignore_ascii_case("script")))
}

/// Ideographs, and words of letters twice, up to `most`.
fn words(text: &str, most: usize) -> usize {
    let (mut count, mut inside) = (0, false);
    for c in text.chars() {
        let ideograph = is_ideograph(c);
        let letter = !ideograph && is_letter(c);
        count += usize::from(ideograph) + 2 * usize::from(letter && !inside);
        inside = letter;
        if count > most {
            break;
        }
    }
    count
}

/// What is sure of a policy that cannot be read: dates beside their labels, addresses, and a company that the text itself
/// introduces as whoever runs the product, or as "we".
#[must_use]
pub fn sure(facts: Facts, document: &Document, clauses: &[Clause]) -> Facts {
    let Facts { product, published, updated, effective, contacts, .. } = facts;
    // "X Ltd. (“we”)": the full stop of the form may have ended the clause.
    let joined = clauses.iter().zip(clauses.iter().skip(1).map(Some).chain([None])).enumerate();
    let controller = { joined }.find_map(|(i, (clause, next))| {
        let next =
            next.filter(|next| document.text.slice(next.span).starts_with('(')).map_or(clause.span, |next| next.span);
        let name = introduced(
            document.text.slice(Span::new(clause.span.start(), next.end())),
            clause.span.end() - clause.span.start(),
        )?;
        Some(Evidenced::new(name.to_owned(), i))
    });
    Facts { product, controller, published, updated, effective, contacts, ..Facts::default() }
}

/// The company in Latin letters that a sentence introduces, and which ends before `most`: "operated by X Ltd", "X Ltd ("we")".
fn introduced(text: &str, most: usize) -> Option<&str> {
    let groups = [group!("unread.form"), group!("unread.operator"), group!("unread.self"), group!("unread.is")];
    let reading = Reading::only(text, groups);
    let forms = reading.of(group!("unread.form"));
    let starts = |at: usize| text.get(..at).and_then(|t| t.chars().next_back()).is_none_or(|c| !is_letter(c));
    let ends = |at: usize| text.get(at..).and_then(|t| t.chars().next()).is_none_or(|c| !is_letter(c));
    // A sentence of names only is no sentence: the first few forms tell.
    forms.iter().filter(|f| f.end() <= most && starts(f.start()) && ends(f.end())).take(8).find_map(|form| {
        // The full stop of an abbreviation belongs to the name.
        let dotted = text.get(form.end()..most).is_some_and(|t| t.starts_with('.'));
        let end = form.end() + usize::from(dotted && form.end() - form.start() <= 4);
        let start = name_start(text, form.start())?;
        let before = trim(text.get(..start)?);
        let behind = trim(text.get(end..)?);
        let runs = reading.within(group!("unread.operator"), before.len().saturating_sub(24), before.len());
        let runs = runs.iter().any(|h| starts(h.start()) && h.end() == before.len());
        let next = |group| reading.of(group).iter().any(|h| h.start() == text.len() - behind.len());
        let meant = next(group!("unread.self")) || next(group!("unread.is")) || is_we(behind);
        (runs || meant).then(|| text.get(start..end)).flatten()
    })
}

/// Whether a text starts with a bracket that says "we" among other names for somebody.
fn is_we(text: &str) -> bool {
    let inside =
        text.strip_prefix('(').and_then(|t| Some(t.split_once(')')?.0)).filter(|inside| inside.len() <= ALIASES);
    inside.is_some_and(|inside| Reading::only(inside, [group!("unread.we")]).has(group!("unread.we")))
}

/// Bytes of a bracket with what somebody is called.
const ALIASES: usize = 80;

fn trim(text: &str) -> &str {
    text.trim_matches(|c: char| is_blank(c) || c == ',')
}

/// Where a name starts that goes on at `at`: back over words with a capital, and "of", "and", "&" between such.
fn name_start(text: &str, at: usize) -> Option<usize> {
    let mut start = None;
    let mut rest = text.get(..at)?.trim_end();
    // A name has a handful of words.
    for _ in 0..8 {
        let from = rest.rfind(|c: char| is_blank(c) || fold(c) == '(' || matches!(c, ':' | '"' | '\u{201c}'));
        let from = from.map_or(0, |i| i + rest.get(i..).and_then(|t| t.chars().next()).map_or(0, char::len_utf8));
        let word = rest.get(from..)?;
        let joins = matches!(word, "of" | "and" | "&" | "the");
        let named = word.chars().next().is_some_and(|c| c.is_uppercase() || c.is_ascii_digit());
        if !(joins || named) || word.ends_with(['.', ';', '!', '?']) {
            break;
        }
        if named {
            start = Some(from);
        }
        let before = rest.get(..from)?;
        rest = before.trim_end();
        if !before.ends_with(is_blank) {
            break;
        }
    }
    start.filter(|s| text.get(*s..at).is_some_and(|name| name.trim() != "The"))
}
