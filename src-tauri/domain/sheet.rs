//! A page of words and tables, said once for the window, the terminal and paper.
//!
//! What is looked at rarely (why somebody was not alerted, a diary for the doctor, what alerts have
//! brought) needs no screen of its own: it is composed here and shown by whoever shows it.

use serde::{Deserialize, Serialize};

use crate::evidence::Evidence;
use crate::text::Texts;

/// A page.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sheet {
    /// What it is.
    pub title: String,
    /// Its sections, in their order.
    pub sections: Vec<Section>,
}

/// A part of a page.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    /// Its heading; none for what stands right under the title.
    pub heading: Option<String>,
    /// Its sentences, a paragraph each.
    pub lines: Vec<String>,
    /// Its table.
    pub table: Option<Table>,
    /// The publications that it rests on.
    pub sources: Vec<Evidence>,
}

/// A table; the first cell of a row is the name of the row.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    /// What it shows.
    pub caption: String,
    /// The names of its columns.
    pub columns: Vec<String>,
    /// Its rows, each with a cell for each column.
    pub rows: Vec<Vec<String>>,
}

impl Section {
    /// A section of sentences.
    #[must_use]
    pub fn of_lines(heading: Option<String>, lines: Vec<String>) -> Self {
        Self { heading, lines, ..Self::default() }
    }
}

impl Sheet {
    /// The page as a document of its own that can be printed or kept: no script, nothing from
    /// elsewhere.
    #[must_use]
    pub fn to_html(&self, texts: &Texts) -> String {
        format!(
            "<!doctype html>\n<html lang=\"{}\">\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <title>{}</title>\n<style>{STYLE}</style>\n<main>\n<h1>{}</h1>\n{}</main>\n</html>\n",
            texts.language().code(),
            escaped(&self.title),
            escaped(&self.title),
            self.to_markup(texts),
        )
    }

    /// The page as markup under the heading of a screen that is called otherwise.
    #[must_use]
    pub fn to_titled_markup(&self, texts: &Texts) -> String {
        let mut titled = self.clone();
        let title = Some(self.title.clone());
        match titled.sections.first_mut() {
            Some(first) if first.heading.is_none() => first.heading = title,
            _ => titled.sections.insert(0, Section::of_lines(title, Vec::new())),
        }
        titled.to_markup(texts)
    }

    /// The sections as markup, for a document or a window that shows the title itself; the window
    /// that built it from its parts would load longer than all that it saves.
    ///
    /// What was typed or came over the network is text in it and never markup. Tables can be wider
    /// than the screen and are scrolled by the keyboard too.
    #[must_use]
    pub fn to_markup(&self, texts: &Texts) -> String {
        let mut out = String::new();
        for section in &self.sections {
            out.push_str("<section>\n");
            if let Some(heading) = &section.heading {
                out.push_str(&format!("<h2 class=\"section-title\">{}</h2>\n", escaped(heading)));
            }
            for line in &section.lines {
                out.push_str(&format!("<p>{}</p>\n", escaped(line)));
            }
            if let Some(table) = &section.table {
                table.push_markup(&mut out);
            }
            for source in &section.sources {
                let year = source.year.map(|year| format!(", {year}")).unwrap_or_default();
                let text = format!("{}{year} – {}", source.publisher, source.title);
                let link = link_out(texts, &source.url, &text);
                out.push_str(&format!("<p class=\"meta\">{link}</p>\n"));
            }
            out.push_str("</section>\n");
        }
        out
    }
}

impl Table {
    fn push_markup(&self, out: &mut String) {
        let caption = escaped(&self.caption);
        out.push_str(&format!(
            "<div class=\"wide-table\" role=\"region\" tabindex=\"0\" aria-label=\"{caption}\">\n\
             <table>\n<caption>{caption}</caption>\n<thead><tr>"
        ));
        for column in &self.columns {
            out.push_str(&format!("<th scope=\"col\">{}</th>", escaped(column)));
        }
        out.push_str("</tr></thead>\n<tbody>\n");
        for row in &self.rows {
            out.push_str("<tr>");
            for (n, cell) in row.iter().enumerate() {
                let cell = escaped(cell);
                out.push_str(&match n {
                    0 => format!("<th scope=\"row\">{cell}</th>"),
                    _ => format!("<td>{cell}</td>"),
                });
            }
            out.push_str("</tr>\n");
        }
        out.push_str("</tbody>\n</table>\n</div>\n");
    }
}

/// The looks of the document: black on white, no colour that paper would lose.
const STYLE: &str = "body{font:11pt/1.5 sans-serif;color:#111;background:#fff;margin:0}\
    main{max-width:44rem;margin:2rem auto;padding:0 1rem}h1{font-size:1.6em}h2{font-size:1.2em;\
    margin-top:2em}table{border-collapse:collapse;width:100%}caption{text-align:left;\
    font-weight:bold;padding:.5em 0}th,td{border:1px solid #999;padding:.25em .5em;text-align:left;\
    vertical-align:top}.wide-table{overflow-x:auto}.meta{font-size:.85em}.source{color:inherit}\
    .source::after{content:\" – \" attr(href)}.visually-hidden{display:none}\
    tr,section>p{break-inside:avoid}@media print{.wide-table{overflow:visible}}";

/// A link that opens in the browser, as markup.
pub(crate) fn link_out(texts: &Texts, url: &str, text: &str) -> String {
    format!(
        "<a class=\"source\" href=\"{}\" target=\"_blank\" rel=\"noopener\">{}\
         <span class=\"visually-hidden\"> {}</span></a>",
        escaped(url),
        escaped(text),
        escaped(&texts.get("opens-in-browser")),
    )
}

/// A text as markup shows it.
#[must_use]
pub fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Language;

    #[test]
    fn a_page_is_printed_with_its_table_and_what_somebody_typed_is_no_markup() {
        let sheet = Sheet {
            title: "Léa <b>".to_owned(),
            sections: vec![Section {
                heading: Some("Nose & eyes".to_owned()),
                lines: vec!["In your data.".to_owned()],
                table: Some(Table {
                    caption: "Days".to_owned(),
                    columns: vec!["Day".to_owned(), "Nose".to_owned()],
                    rows: vec![vec!["Monday".to_owned(), "2".to_owned()]],
                }),
                sources: vec![Evidence {
                    publisher: "WHO".to_owned(),
                    title: "Guidelines".to_owned(),
                    url: "https://example.org/\"onclick=\"x".to_owned(),
                    year: Some(2021),
                    note: None,
                }],
            }],
        };
        let html = sheet.to_html(&Texts::new(Language::En));
        assert!(html.contains("<h1>Léa &lt;b&gt;</h1>"), "{html}");
        assert!(html.contains(">Nose &amp; eyes</h2>"), "{html}");
        assert!(html.contains("<th scope=\"row\">Monday</th><td>2</td>"), "{html}");
        assert!(html.contains("<caption>Days</caption>") && html.contains("tabindex=\"0\""));
        assert!(html.contains("href=\"https://example.org/&quot;onclick=&quot;x\""), "{html}");
        assert!(html.contains(">WHO, 2021 – Guidelines<"), "{html}");
        assert!(!html.contains("<script"), "{html}");
        let texts = Texts::new(Language::En);
        let heading = "<section>\n<h2 class=\"section-title\">Léa &lt;b&gt;</h2>\n";
        let titled = sheet.to_titled_markup(&texts);
        assert!(titled.starts_with(&format!("{heading}</section>\n<section>")), "{titled}");
        let mut unnamed = sheet;
        unnamed.sections[0].heading = None;
        let titled = unnamed.to_titled_markup(&texts);
        assert!(titled.starts_with(&format!("{heading}<p>In your data.</p>")), "{titled}");
    }
}
