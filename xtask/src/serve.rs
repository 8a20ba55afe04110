//! A folder → HTTP on 127.0.0.1, as the plainest static host would serve it, with the strictest headers.
//!
//! Only what the static demo needs can be reached: `index.html`, `pkg/` and `www/`. The demo and every browser test
//! run under this content security policy, so a page that needs more than design/widget.md promises does not work here.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::time::Duration;
use std::{fs, thread};

use crate::process::{Outcome, root};

const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; \
                      require-trusted-types-for 'script'; trusted-types 'none'";

/// Serves the repository's demo until the process ends; with `until_eof`, until standard input closes.
pub fn serve(port: Option<u16>, until_eof: bool) -> Outcome {
    let bind = |port: u16| TcpListener::bind((Ipv4Addr::LOCALHOST, port));
    // Nobody asked for 8000, so any other will do where it is taken.
    let listener = port.map_or_else(|| bind(8000).or_else(|_| bind(0)), bind);
    let listener = listener.map_err(|error| format!("127.0.0.1:{}: {error}", port.unwrap_or(8000)))?;
    let address = listener.local_addr().map_err(|error| error.to_string())?;
    println!("http://{address}/");
    let accept = move || {
        for stream in listener.incoming().flatten() {
            // A reader that goes away in the middle is no error of ours.
            thread::spawn(move || answer(&stream, root()).ok());
        }
    };
    if until_eof {
        thread::spawn(accept);
        // Whoever started us holds the other end: when it is gone, however it ended, so are we.
        io::copy(&mut io::stdin(), &mut io::sink()).map(drop).map_err(|error| error.to_string())
    } else {
        accept();
        Ok(())
    }
}

/// One request, one answer: the connection is closed after it.
fn answer(stream: &TcpStream, root: &Path) -> io::Result<()> {
    stream.set_read_timeout(Some(Duration::from_secs(10)))?;
    let mut lines = BufReader::new(stream.take(64 * 1024)).lines();
    let request = lines.next().transpose()?.unwrap_or_default();
    // The headers are read to their end: closing a socket with unread bytes would reset it.
    for header in lines {
        if header?.is_empty() {
            break;
        }
    }
    let mut words = request.split(' ');
    let (method, address) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let (status, kind, body) = match (method, file(root, address).and_then(|path| Some((kind(&path)?, path)))) {
        ("GET" | "HEAD", Some((kind, path))) => ("200 OK", kind, fs::read(path)?),
        ("GET" | "HEAD", None) => ("404 Not Found", "text/plain; charset=utf-8", b"not found\n".to_vec()),
        _ => ("405 Method Not Allowed", "text/plain; charset=utf-8", b"GET and HEAD only\n".to_vec()),
    };
    let mut out = io::BufWriter::new(stream);
    write!(
        out,
        "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\nContent-Security-Policy: {POLICY}\r\n\
         X-Content-Type-Options: nosniff\r\nCache-Control: no-store\r\nConnection: close\r\n\r\n",
        body.len()
    )?;
    if method == "GET" {
        out.write_all(&body)?;
    }
    out.flush()
}

/// The file that an address names, if it may be had.
fn file(root: &Path, address: &str) -> Option<PathBuf> {
    let decoded = decode(address.split(['?', '#']).next()?)?;
    let asked = decoded.strip_prefix('/')?;
    let asked = if asked.is_empty() { "index.html" } else { asked };
    let parts: Vec<&str> = asked.split('/').collect();
    // One plain name a part: no `..`, no hidden file, no drive, no second separator.
    let plain =
        parts.iter().all(|part| !part.is_empty() && !part.starts_with('.') && !part.contains(['\\', ':', '\0']));
    let open = matches!(parts.as_slice(), ["index.html"] | ["pkg" | "www", _, ..]);
    let path = root.join(parts.iter().collect::<PathBuf>());
    // A link could still lead out of the folder.
    let real = path.canonicalize().ok()?;
    (plain && open && real.is_file() && real.starts_with(root.canonicalize().ok()?)).then_some(real)
}

/// Percent-decoding.
fn decode(address: &str) -> Option<String> {
    let mut bytes = address.bytes();
    let mut out = Vec::with_capacity(address.len());
    while let Some(byte) = bytes.next() {
        out.push(match byte {
            b'%' => {
                let hex = [bytes.next()?, bytes.next()?];
                u8::from_str_radix(std::str::from_utf8(&hex).ok()?, 16).ok()?
            }
            other => other,
        });
    }
    String::from_utf8(out).ok()
}

/// The media type of a file by its extension; what is not listed is not served.
fn kind(path: &Path) -> Option<&'static str> {
    Some(match path.extension()?.to_str()? {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "bin" => "application/octet-stream",
        "json" => "application/json",
        "md" => "text/markdown; charset=utf-8",
        "txt" => "text/plain; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A folder with one file of each kind that may and may not be had.
    fn site(name: &str) -> PathBuf {
        let dir = std::env::temp_dir().join(format!("policy-reader-serve-{name}-{}", std::process::id()));
        for name in ["index.html", "pkg/a.wasm", "www/samples/一.md", "Cargo.toml", "src/lib.rs", "www/.hidden.js"] {
            let path = dir.join(name);
            fs::create_dir_all(path.parent().expect("below the folder")).expect("a temporary folder");
            fs::write(path, name).expect("a temporary file");
        }
        dir
    }

    fn get(site: &Path, address: &str) -> String {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
        let mut client = TcpStream::connect(listener.local_addr().expect("bound")).expect("own port");
        let server = listener.accept().expect("a client waits").0;
        write!(client, "{address} HTTP/1.1\r\nHost: a\r\n\r\n").expect("written");
        answer(&server, site).expect("answered");
        drop(server);
        let mut text = String::new();
        client.read_to_string(&mut text).expect("an answer");
        text
    }

    #[test]
    fn the_demo_can_be_had() {
        let site = site("open");
        let get = |address: &str| get(&site, address);
        let index = get("GET /");
        assert!(index.starts_with("HTTP/1.1 200 ") && index.ends_with("\r\n\r\nindex.html"), "{index}");
        assert!(index.contains("Content-Security-Policy: default-src 'none'"), "{index}");
        assert!(get("GET /pkg/a.wasm?v=1").contains("Content-Type: application/wasm"));
        assert!(get("GET /www/samples/%E4%B8%80.md").contains("text/markdown"));
        assert!(get("HEAD /index.html").ends_with("\r\n\r\n"));
        fs::remove_dir_all(site).expect("own folder");
    }

    #[test]
    fn nothing_else_can() {
        let site = site("closed");
        let closed = [
            "/Cargo.toml",
            "/src/lib.rs",
            "/www/.hidden.js",
            "/pkg/../Cargo.toml",
            "/pkg/%2e%2e/Cargo.toml",
            "/pkg",
            "/pkg/",
            "/www//samples",
            "//etc/passwd",
            "/pkg/..%2fCargo.toml",
            "/pkg/%00",
            "/pkg/%",
            "",
            "x",
        ];
        for address in closed {
            let text = get(&site, &format!("GET {address}"));
            assert!(text.starts_with("HTTP/1.1 404 "), "{address}: {text}");
        }
        assert!(get(&site, "POST /").starts_with("HTTP/1.1 405 "));
        fs::remove_dir_all(site).expect("own folder");
    }
}
