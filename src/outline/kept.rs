//! What was put aside → what of it people came to read, given back to the text.
//!
//! Page chrome is told by signs, and signs err: a heading that reads like the title, a foot that never ends, a `<header>`
//! with the policy's dates. Whatever the signs say, most of the text is never put aside, nor the only dates of the policy,
//! nor the only way to reach its author.

use super::{Line, Lines, Role};
use crate::blocks::{Kind, key};
use crate::lexicon::{Reading, group, say, terms};
use crate::text::Numbers;
use crate::text::{count, count_of, has, hash, is_digit, stops};

/// The share of all prose that steps of the outline may put aside, as 1 in so many: a cookie bar and a company's portrait in
/// a foot stay below it.
const OURS: usize = 4;
/// The share that tags and steps together may put aside.
const ALL: usize = 2;
/// More lines than these are a list of other pages with their dates, or of branches with their telephones.
const FEW: usize = 3;

/// Gives back what was put aside by mistake; says so.
pub(super) fn keep(lines: &Lines<'_>, roles: &mut [Role]) -> Vec<String> {
    let mut notes = Vec::new();
    let mut note = |back: usize| {
        let note = say(group!("aside.note"));
        if back > 0 && !notes.iter().any(|n| n == note) {
            notes.push(note.into());
        }
    };
    note(prose(lines, roles));
    note(only(lines, roles, is_dated));
    note(only(lines, roles, is_contact));
    notes
}

/// Gives back the stretches of chrome with prose where they are too much of all prose; returns how many lines.
fn prose(lines: &Lines<'_>, roles: &mut [Role]) -> usize {
    let (mut all, mut ours, mut aside) = (0, 0, 0);
    for (line, role) in lines.iter().zip(&*roles) {
        let length = if speaks(line) { count(line.text) } else { 0 };
        all += length;
        if *role == Role::Noise {
            aside += length;
            ours += if line.kind == Kind::Noise { 0 } else { length };
        }
    }
    let (too_much, any) = (aside * ALL > all, aside * ALL > all || ours * OURS > all);
    if !any {
        return 0;
    }
    let mut back = 0;
    let mut titled = false;
    let mut i = 0;
    while i < roles.len() {
        let length = roles.iter().skip(i).take_while(|r| **r == Role::Noise).count();
        let speaking = |i: &usize| lines.get(*i).is_some_and(|l| speaks(l) && (too_much || l.kind != Kind::Noise));
        let run = i..i + length;
        if let Some(from) = run.clone().find(speaking)
            && let Some(to) = run.clone().rev().find(speaking)
        {
            // What stands right before the first paragraph heads it.
            for role in roles.iter_mut().take(to + 1).skip(from.saturating_sub(1).max(i)) {
                *role = Role::Body(0);
                back += 1;
            }
            // A title behind most of the text was none.
            titled |= roles.get(run.end) == Some(&Role::Title);
        }
        i = run.end + 1;
    }
    for role in roles.iter_mut().filter(|r| titled && **r == Role::Title) {
        *role = Role::Body(0);
    }
    back
}

/// A line with a sentence, or a row of a table.
fn speaks(line: Line<'_>) -> bool {
    stops(line.text) > 0 || line.is_table()
}

/// Gives back the few lines of a kind that the text has none of; returns how many.
fn only(lines: &Lines<'_>, roles: &mut [Role], kind: fn(Line<'_>) -> bool) -> usize {
    let mut aside = Vec::new();
    // The same line in the head and in the foot counts once.
    let mut seen = Numbers::default();
    for (i, (line, role)) in lines.iter().zip(&*roles).enumerate() {
        match role {
            Role::Body(_) if kind(line) => return 0,
            Role::Noise if kind(line) && seen.insert(hash(line.text), i).is_none() => aside.push(i),
            _ => {}
        }
    }
    if aside.len() > FEW {
        return 0;
    }
    for i in &aside {
        if let Some(role) = roles.get_mut(*i) {
            *role = Role::Body(0);
        }
    }
    aside.len()
}

/// A date with the label that policies give it.
fn is_dated(line: Line<'_>) -> bool {
    line.length <= 60 && count_of(line.text, is_digit) >= 6 && {
        let key = key(line.text);
        terms(group!("date.label")).iter().any(|t| key.contains(t))
    }
}

/// An address for mail, or a telephone with its label, and no sign of chrome beside it.
fn is_contact(line: Line<'_>) -> bool {
    if line.length > 200 || !has(line.text, |c| c == '@') && count_of(line.text, is_digit) < 7 {
        return false;
    }
    let words = Reading::only(line.text, [group!("chrome"), group!("contact.phone")]);
    !words.has(group!("chrome")) && (line.text.contains('@') || words.has(group!("contact.phone")))
}

#[cfg(test)]
mod tests {
    use crate::{Options, analyze};

    fn read(source: &str) -> (Vec<String>, [usize; 3], Vec<String>) {
        let view = analyze(source, &Options::default()).view();
        let c = view.coverage;
        assert_eq!(c.placed, c.shown + c.aside, "{source}");
        (view.aside.noise, [c.source, c.shown, c.aside], view.notes)
    }

    #[test]
    fn a_foot_that_would_take_most_of_the_text_is_text() {
        let text = "<h1>隐私政策</h1><p>您在帮助中心和消息中心提交的内容，我们会保存一年。</p>\
            <p>点击返回顶部、首页的按钮时，我们会记录一次点击。</p><p>商务合作的来信，我们会转给负责的同事。</p>";
        let (noise, [source, shown, aside], notes) = read(text);
        assert_eq!((noise.len(), shown, aside, notes.len()), (0, source, 0, 1), "{noise:?}");
    }

    #[test]
    fn what_is_chrome_without_doubt_needs_no_note() {
        let text = "<nav><a>首页</a></nav><h1>隐私政策</h1><p>我们会收集您的昵称，用来在评论区显示。</p>\
            <footer><p>版权所有</p><p>网站地图</p></footer>";
        let (noise, [source, shown, aside], notes) = read(text);
        assert_eq!((noise.len(), aside, notes.len()), (3, 10, 0), "{noise:?}");
        assert_eq!(source, shown + aside);
    }

    #[test]
    fn the_only_date_comes_back_and_a_note_says_so() {
        let page = |own: &str| {
            let text = "<p>我们会收集您的昵称，用来在评论区显示。</p>";
            format!("<h1>隐私政策</h1>{own}{text}<footer><p>生效日期：2025年2月3日</p></footer>")
        };
        let (noise, _, notes) = read(&page(""));
        assert_eq!((noise.len(), notes.len()), (0, 1));
        let (noise, _, notes) = read(&page("<p>更新日期：2025年2月2日</p>"));
        assert_eq!((noise.len(), notes.len()), (1, 0), "the text has a date of its own");
    }
}
