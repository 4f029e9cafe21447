//! A document as a web page in one file: no scripts, nothing from elsewhere, readable on a phone and printed.

use std::fmt::Write;

use super::content::{Block, Definition, Document, Level, Look, Run, Table, Text, tidied};
use super::words::{code, contents};

const STYLE: &str = include_str!("page.css");
/// Nothing is loaded and nothing runs, whatever may stand in the page.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

impl Document {
    /// The document as a web page.
    #[must_use]
    pub fn to_html(&self) -> String {
        let (title, subtitle) = (escaped(&self.title), escaped(&self.subtitle));
        let mut page = Page { out: String::new(), headings: 0 };
        page.write(format_args!(
            "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <title>{title}{}{subtitle}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<header>\n<h1>{title}</h1>\n",
            code(self.language),
            if subtitle.is_empty() { "" } else { " – " },
        ));
        if !subtitle.is_empty() {
            page.write(format_args!("<p class=\"subtitle\">{subtitle}</p>\n"));
        }
        page.out.push_str("</header>\n<main>\n");
        for block in &self.blocks {
            page.block(block, self);
        }
        page.out.push_str("</main>\n</body>\n</html>\n");
        page.out
    }
}

struct Page {
    out: String,
    /// How many headings there are so far.
    headings: usize,
}

impl Page {
    fn write(&mut self, words: std::fmt::Arguments<'_>) {
        // Writing to a string cannot fail.
        let _ = self.out.write_fmt(words);
    }

    fn block(&mut self, block: &Block, document: &Document) {
        match block {
            Block::Contents => self.contents(document),
            Block::Heading(level, words) => {
                self.headings += 1;
                let (number, depth) = (self.headings, level.depth() + 1);
                self.write(format_args!("<h{depth} id=\"s{number}\">{}</h{depth}>\n", escaped(words)));
            }
            Block::Paragraph(text) => self.write(format_args!("<p>{}</p>\n", inline(text))),
            Block::List(items) => {
                self.out.push_str("<ul>\n");
                for item in items {
                    self.write(format_args!("<li>{}</li>\n", inline(item)));
                }
                self.out.push_str("</ul>\n");
            }
            Block::Definitions(definitions) => {
                self.out.push_str("<dl>\n");
                for Definition { term, meaning } in definitions {
                    let (term, meaning) = (escaped(term), inline(meaning));
                    self.write(format_args!("<div><dt>{term}</dt><dd>{meaning}</dd></div>\n"));
                }
                self.out.push_str("</dl>\n");
            }
            Block::Table(table) => self.table(table),
            Block::Picture(picture, palette) => {
                self.write(format_args!("<figure>\n{}</figure>\n", picture.to_svg(palette)));
            }
            Block::Signature(names) => {
                self.out.push_str("<div class=\"signature\">\n");
                for name in names {
                    self.write(format_args!("<p><span>{}</span></p>\n", escaped(name)));
                }
                self.out.push_str("</div>\n");
            }
            Block::PageBreak => self.out.push_str("<hr class=\"page\">\n"),
        }
    }

    fn contents(&mut self, document: &Document) {
        let name = contents(document.language);
        self.write(format_args!("<nav aria-label=\"{name}\">\n<p class=\"contents\">{name}</p>\n<ol>\n"));
        for (number, (level, words)) in (1..).zip(document.headings()) {
            if level == Level::Section {
                self.write(format_args!("<li><a href=\"#s{number}\">{}</a></li>\n", escaped(words)));
            }
        }
        self.out.push_str("</ol>\n</nav>\n");
    }

    fn table(&mut self, Table { columns, rows }: &Table) {
        let shares: u32 = columns.iter().map(|column| u32::from(column.share)).sum();
        self.out.push_str("<table>\n<colgroup>");
        for column in columns {
            let width = u32::from(column.share) * 100 / shares.max(1);
            self.write(format_args!("<col style=\"width:{width}%\">"));
        }
        self.out.push_str("</colgroup>\n<thead>\n<tr>");
        for column in columns {
            let class = if column.is_number { " class=\"number\"" } else { "" };
            self.write(format_args!("<th scope=\"col\"{class}>{}</th>", escaped(&column.name)));
        }
        self.out.push_str("</tr>\n</thead>\n<tbody>\n");
        for row in rows {
            self.out.push_str("<tr>");
            for (at, column) in columns.iter().enumerate() {
                let class = if column.is_number { " class=\"number\"" } else { "" };
                let cell = row.get(at).map(inline).unwrap_or_default();
                // On a narrow screen the names of the columns stand before the cells.
                self.write(format_args!("<td{class} data-name=\"{}\">{cell}</td>", escaped(&column.name)));
            }
            self.out.push_str("</tr>\n");
        }
        self.out.push_str("</tbody>\n</table>\n");
    }
}

fn inline(text: &Text) -> String {
    let run = |run: &Run| {
        let words = escaped(run.words()).replace('\n', "<br>");
        match run.look() {
            Look::Plain => words,
            Look::Strong => format!("<strong>{words}</strong>"),
            Look::Muted => format!("<span class=\"muted\">{words}</span>"),
        }
    };
    text.runs().iter().map(run).collect()
}

fn escaped(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for character in tidied(words).chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            other => out.push(other),
        }
    }
    out
}
