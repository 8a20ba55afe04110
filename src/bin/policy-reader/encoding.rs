//! Bytes → text, as a browser would decode them: a mark at the start, UTF-8 where the bytes are that, what a page declares,
//! or else the encoding of Chinese pages that leaves the fewest bytes unread.

use encoding_rs::{BIG5, Encoding, GB18030, UTF_8};

/// Bytes in which a page's declaration is looked for; browsers look at 1024, pages with long comments declare later.
const HEAD: usize = 4096;

/// Decodes a file. What cannot be read becomes U+FFFD: a policy with one bad byte is still read.
pub fn decode(bytes: &[u8]) -> String {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return encoding.decode_without_bom_handling(bytes.get(mark..).unwrap_or(&[])).0.into_owned();
    }
    let lossy = String::from_utf8_lossy(bytes);
    let bad = unread(&lossy);
    // A byte in a thousand is a slip of the pen, not another encoding.
    if bad * 1000 <= lossy.chars().count() {
        return lossy.into_owned();
    }
    let mut best = (bad, lossy.into_owned());
    for encoding in declared(bytes).into_iter().chain([GB18030, BIG5]).filter(|e| *e != UTF_8) {
        let text = encoding.decode_without_bom_handling(bytes).0;
        let bad = unread(&text);
        if bad < best.0 {
            best = (bad, text.into_owned());
        }
    }
    best.1
}

fn unread(text: &str) -> usize {
    text.chars().filter(|c| *c == '\u{fffd}').count()
}

/// The encoding that a page's head declares: `<meta charset=gbk>`, `content="text/html; charset=gb2312"`.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..HEAD.min(bytes.len()))?.to_ascii_lowercase();
    let text = String::from_utf8_lossy(&head);
    let value = text.split_once("charset=")?.1.trim_start_matches(['"', '\'', ' ']);
    let label = value.split(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '-' | '_')).next()?;
    Encoding::for_label(label.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_in_other_encodings() {
        let text = "<meta charset=gb2312><p>隐私政策：我们会收集您的手机号。€";
        let (gbk, _, _) = GB18030.encode(text);
        assert_eq!(decode(&gbk), text);
        let bare = "隐私政策：我们会收集您的手机号码和电子邮箱。";
        assert_eq!(decode(&GB18030.encode(bare).0), bare);
        let hant =
            "<meta http-equiv=Content-Type content='text/html; charset=big5'>隱私權政策：我們會收集您的手機號碼。";
        assert_eq!(decode(&BIG5.encode(hant).0), hant);
        let wide: Vec<u8> = [0xfe_u8, 0xff].into_iter().chain(bare.encode_utf16().flat_map(u16::to_be_bytes)).collect();
        assert_eq!(decode(&wide), bare);
        assert_eq!(decode(b"\xef\xbb\xbfx"), "x");
    }

    #[test]
    fn a_bad_byte_does_not_change_the_encoding() {
        let mut bytes = "我们会收集您的手机号。".repeat(100).into_bytes();
        bytes.push(0xff);
        assert!(decode(&bytes).ends_with("。\u{fffd}"));
    }
}
