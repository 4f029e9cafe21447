use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use clap::{Args, Command};
use clap_mangen::Man;
use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::command::conclusion::{Conclusion, Failure};

#[derive(Debug, Args)]
pub(in crate::command) struct Manual {
    /// Where the pages are written, one for the program and one for each subcommand; made when absent
    #[arg(value_name = "DIR")]
    directory: PathBuf,
}

/// What builds of packages name the day of the source by, in seconds since 1970, so that two builds are the same.
const DAY_OF_SOURCE: &str = "SOURCE_DATE_EPOCH";
/// What the pages are pages of.
const MANUAL: &str = "Postfordeler";

/// How apostrophes are written for every reader of manual pages.
const APOSTROPHE: &str = ".ie \\n(.g .ds Aq \\(aq\n.el .ds Aq '\n";

/// How every call ends. Words are plain text; a line begins with a macro where it has one.
const EXIT_STATUS: &str = "\
.SH \"EXIT STATUS\"
.TP
.B 0
Done.
.TP
.B 1
The answer is \"no\": an error was found, a message was refused, a router is not ready.
.TP
.B 2
Wrong usage or failure. One line on standard error says what to do.
";

/// What is kept where, for the calls that have a data directory.
const FILES: &str = "\
.SH FILES
.TP
.I $XDG_DATA_HOME/postfordeler
The data directory unless
.B \\-\\-data
names another;
.I ~/.local/share/postfordeler
where XDG_DATA_HOME is not set. It is made when absent.
.TP
.I postfordeler.db
Within the data directory: publications, the draft, settings and the journal, everything except secrets.
.TP
.I journal.key
Within the data directory: the key of the digests that tell messages apart.
.TP
.I /var/lib/postfordeler
The data directory of the router that runs as a service.
";

/// The variables that the program reads.
const ENVIRONMENT: &str = "\
.SH ENVIRONMENT
.TP
.B WAYLAND_DISPLAY\\fR, \\fBDISPLAY
The screen that the window opens on.
.TP
.B XDG_DATA_HOME\\fR, \\fBXDG_CONFIG_HOME
Where the data directory and what the window remembers of its user are kept.
.TP
.B POSTFORDELER_PKCS12_PASSWORD
The password of the file that
.B serve \\-\\-pkcs12
names, unless
.B \\-\\-pkcs12\\-password\\-file
does.
.TP
.B NOTIFY_SOCKET\\fR, \\fBWATCHDOG_USEC
Set by a service manager such as
.BR systemd (1),
which
.B serve
tells that it listens, that it is alive, and that it stops.
";

impl Manual {
    /// Writes the manual pages of the program that is defined so.
    pub fn run(self, program: Command) -> Result<Conclusion, Failure> {
        let cannot_write = |error: io::Error| {
            format!("cannot write into {}: {error}; name a directory that may be written", self.directory.display())
        };
        let mut program = program.disable_help_subcommand(true);
        program.build();
        let date = day_of_source()?;
        fs::create_dir_all(&self.directory).map_err(cannot_write)?;
        write_pages(&program, None, &date, &self.directory).map_err(cannot_write)?;
        Ok(Conclusion::Done)
    }
}

/// The day that the environment names; empty where it names none, as pages without a day are the same on any.
fn day_of_source() -> Result<String, Failure> {
    let Some(seconds) = std::env::var_os(DAY_OF_SOURCE) else { return Ok(String::new()) };
    let moment = seconds.to_str().and_then(|it| it.parse().ok()).and_then(|it| Timestamp::from_second(it).ok());
    let moment = moment.ok_or_else(|| format!("{DAY_OF_SOURCE} is no number of seconds since 1970"))?;
    Ok(moment.to_zoned(TimeZone::UTC).date().to_string())
}

/// Writes the page of a command, and of those that it has.
fn write_pages(command: &Command, above: Option<&Command>, date: &str, directory: &Path) -> io::Result<()> {
    for below in shown_subcommands(command) {
        write_pages(below, Some(command), date, directory)?;
    }
    let page = page(command, above, date)?;
    fs::write(directory.join(format!("{}.1", page_name(command))), page)
}

fn shown_subcommands(command: &Command) -> impl Iterator<Item = &Command> {
    command.get_subcommands().filter(|below| !below.is_hide_set())
}

fn page_name(command: &Command) -> &str {
    command.get_display_name().unwrap_or_else(|| command.get_name())
}

fn page(command: &Command, above: Option<&Command>, date: &str) -> io::Result<Vec<u8>> {
    let named = Man::new(command.clone().about(in_a_line(command)));
    let man = Man::new(in_sentences(command));
    let mut page = Vec::new();
    named.render_name_section(&mut page)?;
    man.render_synopsis_section(&mut page)?;
    man.render_description_section(&mut page)?;
    man.render_options_section(&mut page)?;
    if shown_subcommands(command).next().is_some() {
        man.render_subcommands_section(&mut page)?;
    }
    let sections = String::from_utf8(page).map_err(io::Error::other)?;
    let mut page = format!("{}{}{EXIT_STATUS}{FILES}", title(command, date), without_repetition(&sections));
    if above.is_none() {
        page += ENVIRONMENT;
    }
    page += &see_also(command, above);
    Ok(page.into_bytes())
}

/// The title, each part in quotes, as an empty day would otherwise be taken for the one after it.
fn title(command: &Command, date: &str) -> String {
    let (name, version) = (page_name(command).to_uppercase().replace('-', "\\-"), env!("CARGO_PKG_VERSION"));
    format!("{APOSTROPHE}.TH \"{name}\" \"1\" \"{date}\" \"postfordeler {version}\" \"{MANUAL}\"\n")
}

/// The command, with what is said of it as whole sentences, and the usage that its help shows.
fn in_sentences(command: &Command) -> Command {
    let mut whole = command.clone();
    let usage = whole.render_usage().to_string();
    let about = command.get_long_about().or_else(|| command.get_about()).map(ToString::to_string).unwrap_or_default();
    let end = if about.ends_with(['.', ':', '?']) { "" } else { "." };
    whole.override_usage(usage.trim_start_matches("Usage:").trim().to_owned()).long_about(format!("{about}{end}"))
}

/// The sections without what stands before each of them and is needed once, and with one empty line in place of two.
fn without_repetition(sections: &str) -> String {
    sections.replace(APOSTROPHE, "").replace("\n.br\n\n.br\n", "\n.sp\n")
}

/// The first sentence of what is said of a command, without its full stop: what indexes of manual pages show.
fn in_a_line(command: &Command) -> String {
    let about = command.get_about().map(ToString::to_string).unwrap_or_default();
    let about = about.split_whitespace().collect::<Vec<_>>().join(" ");
    about.split(". ").next().unwrap_or_default().trim_end_matches('.').to_owned()
}

/// The pages of the command above, or of those below, each in bold and with its section.
fn see_also(command: &Command, above: Option<&Command>) -> String {
    let below = shown_subcommands(command).map(page_name);
    let named: Vec<_> = above.map(page_name).into_iter().chain(below).collect();
    let last = named.len().saturating_sub(1);
    let lines = named.iter().enumerate().map(|(at, name)| {
        let comma = if at == last { "" } else { "," };
        format!(".BR {} (1){comma}\n", name.replace('-', "\\-"))
    });
    format!(".SH \"SEE ALSO\"\n{}", lines.collect::<String>())
}
