//! The SQL of the store as PostgreSQL has it.

/// A statement whose parameters are `$1`, `$2`, and so on.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Translated {
    pub sql: String,
    /// The names of those that have one, with the colon, in the order of their numbers.
    pub names: Vec<String>,
}

/// Writes parameters as PostgreSQL does, and leaves out which index is to be used: it chooses itself.
pub(super) fn translate(sql: &str) -> Translated {
    let mut out = String::with_capacity(sql.len() + 16);
    let (mut names, mut highest) = (Vec::<String>::new(), 0_usize);
    let mut rest = sql;
    while let Some(sign) = rest.chars().next() {
        let length = match sign {
            '\'' | '"' => 2 + rest[1..].find(sign).unwrap_or(rest.len() - 2),
            '?' => {
                let digits = word_end(&rest[1..], |sign| sign.is_ascii_digit());
                let number = rest[1..=digits].parse().unwrap_or(highest + 1);
                highest = highest.max(number);
                out.push('$');
                out.push_str(&number.to_string());
                rest = &rest[1 + digits..];
                continue;
            }
            ':' if rest.starts_with("::") => 2,
            ':' if rest[1..].starts_with(|sign: char| sign.is_ascii_alphabetic()) => {
                let name = &rest[..=word_end(&rest[1..], is_of_word)];
                let number = names.iter().position(|known| known == name).unwrap_or_else(|| {
                    names.push(name.to_owned());
                    names.len() - 1
                });
                out.push('$');
                out.push_str(&(number + 1).to_string());
                rest = &rest[name.len()..];
                continue;
            }
            sign if is_of_word(sign) => {
                let word = word_end(rest, is_of_word);
                if let Some(skipped) = index_hint(rest) {
                    rest = &rest[skipped..];
                    continue;
                }
                if rest.starts_with("CROSS JOIN journal ON") {
                    // So SQLite is told which table to read first.
                    rest = &rest["CROSS ".len()..];
                    continue;
                }
                if &rest[..word] == "LIKE" {
                    // SQLite's does not mind the case of letters.
                    out.push('I');
                }
                word
            }
            sign => sign.len_utf8(),
        };
        out.push_str(&rest[..length]);
        rest = &rest[length..];
    }
    Translated { sql: out, names }
}

/// The length of `INDEXED BY name` or `NOT INDEXED` at the beginning.
fn index_hint(text: &str) -> Option<usize> {
    if text.starts_with("NOT INDEXED") {
        return Some("NOT INDEXED".len());
    }
    let name = text.strip_prefix("INDEXED BY ")?;
    Some(text.len() - name.len() + word_end(name, is_of_word))
}

fn word_end(text: &str, is_part: impl Fn(char) -> bool) -> usize {
    text.find(|sign| !is_part(sign)).unwrap_or(text.len())
}

fn is_of_word(sign: char) -> bool {
    sign.is_ascii_alphanumeric() || sign == '_'
}
