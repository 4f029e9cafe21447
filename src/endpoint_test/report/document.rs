//! A simple document as Markdown or HTML.

use std::fmt::Write;

/// A part of a document.
pub(super) enum Block {
    /// With its level, from 1 down.
    Heading(u8, String),
    Paragraph(String),
    List(Vec<String>),
    /// The headings and the rows.
    Table(Vec<String>, Vec<Vec<String>>),
}

pub(super) fn markdown(blocks: &[Block]) -> String {
    let mut text = String::new();
    for block in blocks {
        let _ = match block {
            Block::Heading(level, words) => {
                writeln!(text, "{} {}\n", "#".repeat(usize::from(*level)), markdown_text(words))
            }
            Block::Paragraph(words) => writeln!(text, "{}\n", markdown_text(words)),
            Block::List(items) => {
                let items: Vec<_> = items.iter().map(|item| format!("- {}", markdown_text(item))).collect();
                writeln!(text, "{}\n", items.join("\n"))
            }
            Block::Table(head, rows) => {
                let row = |cells: &[String]| {
                    let cells: Vec<_> = cells.iter().map(|cell| markdown_text(cell)).collect();
                    format!("| {} |", cells.join(" | "))
                };
                let line = format!("|{}", " --- |".repeat(head.len()));
                let rows: Vec<_> = [row(head), line].into_iter().chain(rows.iter().map(|cells| row(cells))).collect();
                writeln!(text, "{}\n", rows.join("\n"))
            }
        };
    }
    text.truncate(text.trim_end().len());
    text.push('\n');
    text
}

/// Text in which Markdown finds nothing to obey.
fn markdown_text(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '#' | '~' | '!' => escaped.extend(['\\', character]),
            other => escaped.push(other),
        }
    }
    escaped
}

const STYLE: &str = "body{font:16px/1.5 system-ui,sans-serif;max-width:52rem;margin:2rem auto;padding:0 1rem;color:#1c2430;\
background:#fff}h1,h2,h3{line-height:1.25;margin:1.6em 0 .5em}table{border-collapse:collapse;width:100%}th,td{text-align:left;\
padding:.35rem .6rem;border-bottom:1px solid #cfd6df}li{overflow-wrap:anywhere}@media(prefers-color-scheme:dark){body{\
color:#e6eaf0;background:#161b22}th,td{border-color:#3a4452}}";

pub(super) fn html(blocks: &[Block], title: &str, language: &str) -> String {
    let title = html_text(title);
    let mut text = format!(
        "<!DOCTYPE html>\n<html lang=\"{language}\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" \
         content=\"width=device-width\">\n<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n"
    );
    let cells = |tag: &str, cells: &[String]| -> String {
        let cells: Vec<_> = cells.iter().map(|cell| format!("<{tag}>{}</{tag}>", html_text(cell))).collect();
        cells.concat()
    };
    for block in blocks {
        let _ = match block {
            Block::Heading(level, words) => writeln!(text, "<h{level}>{}</h{level}>", html_text(words)),
            Block::Paragraph(words) => writeln!(text, "<p>{}</p>", html_text(words)),
            Block::List(items) => writeln!(text, "<ul>{}</ul>", cells("li", items)),
            Block::Table(head, rows) => {
                let rows: Vec<_> = rows.iter().map(|row| format!("<tr>{}</tr>", cells("td", row))).collect();
                writeln!(text, "<table>\n<tr>{}</tr>\n{}\n</table>", cells("th", head), rows.join("\n"))
            }
        };
    }
    text.push_str("</body>\n</html>\n");
    text
}

fn html_text(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
