//! A Rust file → its code, its literals and neither comments nor what only tests compile.

/// A Rust file without what only tests compile.
#[derive(Default)]
pub struct Scanned {
    /// No comments, strings emptied.
    pub code: String,
    /// No comments, strings kept.
    pub with_strings: String,
    /// Line and content of each string and character literal.
    pub literals: Vec<(usize, String)>,
}

/// One stretch of a Rust file.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Code,
    Literal,
    Comment,
}

/// Cuts a Rust file into code, literals and comments, and drops `#[cfg(test)]` items.
pub fn scan(text: &str) -> Scanned {
    let pieces = cut(text);
    // Items are found where only code counts: braces in strings and comments are none.
    let mut masked = String::new();
    for (kind, piece) in &pieces {
        let blank = |c: char| if c == '\n' { c } else { ' ' };
        masked.extend(piece.chars().map(|c| if *kind == Kind::Code { c } else { blank(c) }));
    }
    let dropped = test_items(&masked);
    let mut out = Scanned::default();
    let (mut at, mut line) = (0, 1);
    for (kind, piece) in pieces {
        let length = piece.chars().count();
        let kept: String = piece
            .chars()
            .enumerate()
            .filter(|(i, _)| !dropped.get(at + i).copied().unwrap_or(false))
            .map(|(_, c)| c)
            .collect();
        match kind {
            Kind::Code => {
                out.code.push_str(&kept);
                out.with_strings.push_str(&kept);
            }
            Kind::Literal => {
                out.code.push_str("\"\"");
                out.with_strings.push_str(&kept);
                if !kept.is_empty() {
                    out.literals.push((line, kept.trim_matches(['"', '\'', '#', 'r', 'b']).to_owned()));
                }
            }
            Kind::Comment => {}
        }
        at += length;
        line += piece.matches('\n').count();
    }
    out
}

/// The stretches of a Rust file, in order and whole.
fn cut(text: &str) -> Vec<(Kind, &str)> {
    let mut pieces = vec![];
    let (mut at, mut code) = (0, 0);
    let mut before = ' ';
    while let Some(first) = text.get(at..).and_then(|rest| rest.chars().next()) {
        let in_word = before.is_alphanumeric() || before == '_';
        let Some((kind, length)) = special(text.get(at..).unwrap_or_default(), in_word) else {
            before = first;
            at += first.len_utf8();
            continue;
        };
        pieces.push((Kind::Code, text.get(code..at).unwrap_or_default()));
        pieces.push((kind, text.get(at..at + length).unwrap_or_default()));
        at += length;
        code = at;
        before = ' ';
    }
    pieces.push((Kind::Code, text.get(code..).unwrap_or_default()));
    pieces
}

/// The comment or literal that stands at the start, and its length in bytes.
fn special(rest: &str, in_word: bool) -> Option<(Kind, usize)> {
    if rest.starts_with("//") {
        return Some((Kind::Comment, rest.find('\n').unwrap_or(rest.len())));
    }
    if rest.starts_with("/*") {
        let (mut depth, mut at) = (0_u32, 0);
        while let Some(left) = rest.get(at..).filter(|left| !left.is_empty()) {
            if left.starts_with("/*") {
                depth += 1;
                at += 2;
            } else if left.starts_with("*/") {
                depth -= 1;
                at += 2;
                if depth == 0 {
                    break;
                }
            } else {
                at += left.chars().next().map_or(1, char::len_utf8);
            }
        }
        return Some((Kind::Comment, at));
    }
    // Raw strings: r"…", r#"…"#, br#"…"#. Inside a word, an r is a letter.
    let raw = rest.strip_prefix("br").or_else(|| rest.strip_prefix('r')).filter(|_| !in_word);
    if let Some(after) = raw {
        let hashes = after.len() - after.trim_start_matches('#').len();
        if let Some(inside) = after.trim_start_matches('#').strip_prefix('"') {
            let close = format!("\"{}", "#".repeat(hashes));
            let end = inside.find(&close).map_or(inside.len(), |found| found + close.len());
            return Some((Kind::Literal, rest.len() - inside.len() + end));
        }
    }
    if rest.starts_with('"') {
        return Some((Kind::Literal, quoted(rest, '"')));
    }
    // 'a' and '\n' are characters, 'a alone is a lifetime.
    let inside = rest.strip_prefix('\'')?;
    let first = inside.chars().next()?;
    if first == '\\' {
        return Some((Kind::Literal, quoted(rest, '\'')));
    }
    inside.get(first.len_utf8()..)?.starts_with('\'').then(|| (Kind::Literal, first.len_utf8() + 2))
}

/// Length in bytes of a literal between two quotes, with its escapes.
fn quoted(rest: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if c == quote => return at + 1,
            _ => {}
        }
    }
    rest.len()
}

/// For each character whether it stands in an item that only tests compile.
fn test_items(code: &str) -> Vec<bool> {
    let characters: Vec<char> = code.chars().collect();
    let mut dropped = vec![false; characters.len()];
    let mark: Vec<char> = "#[cfg(test)]".chars().collect();
    let mut at = 0;
    while at < characters.len() {
        if !characters.get(at..).is_some_and(|left| left.starts_with(&mark)) {
            at += 1;
            continue;
        }
        // The item ends at its `;`, or at the brace that closes it.
        let (start, mut depth) = (at, 0_u32);
        while let Some(c) = characters.get(at) {
            at += 1;
            match c {
                '{' => depth += 1,
                '}' if depth <= 1 => break,
                '}' => depth -= 1,
                ';' if depth == 0 => break,
                _ => {}
            }
        }
        dropped.iter_mut().take(at).skip(start).for_each(|flag| *flag = true);
    }
    dropped
}

/// Identifiers, `::` and single other characters.
pub fn tokens(code: &str) -> Vec<String> {
    let mut out: Vec<String> = vec![];
    let mut rest = code;
    while let Some(first) = rest.chars().next() {
        let length = if first.is_alphanumeric() || first == '_' {
            rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len())
        } else if rest.starts_with("::") {
            2
        } else {
            first.len_utf8()
        };
        let (token, next) = rest.split_at(length);
        if !first.is_whitespace() {
            out.push(token.to_owned());
        }
        rest = next;
    }
    out
}
