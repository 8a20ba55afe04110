//! A privacy policy's text → outline, highlights and a plain-language card.

pub mod labels;
pub mod view;

use view::{ClauseView, Run, SectionView, View};

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

/// The whole analysis of one source.
#[derive(Debug)]
pub struct Analysis {
    view: View,
}

impl Analysis {
    /// The render-ready counterpart.
    #[must_use]
    pub fn view(&self) -> View {
        self.view.clone()
    }
}

/// Reads a policy. Never fails: doubts go to the view's `notes`.
#[must_use]
pub fn analyze(source: &str, _options: &Options) -> Analysis {
    let section = SectionView { id: "s0".into(), level: 1, implicit: true, kind: "section", anchor: "introduction".into(), ..SectionView::default() };
    let clauses = source
        .lines()
        .filter(|l| !l.trim().is_empty())
        .enumerate()
        .map(|(i, l)| ClauseView {
            id: format!("c{i}"),
            section: "s0".into(),
            text: l.into(),
            kind: "sentence",
            block: i,
            runs: vec![Run { text: l.into(), ..Run::default() }],
            ..ClauseView::default()
        })
        .collect();
    Analysis { view: View { schema: 1, sections: vec![section], clauses, ..View::default() } }
}
