use std::fs::{self, File};
use std::io::{self, BufReader, Read, Write};
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::{Args, ValueEnum};

use crate::command::conclusion::{Conclusion, Failure};
use crate::command::data_directory::existing_store;
use crate::command::terminal::{counted, print_line};
use crate::memo::Version;
use crate::rules::{Authority, Cvr, RuleBook};
use crate::training::{MadeMessage, MessageMaker, Wish, sample_book};

/// The most messages that are made at a time.
const MAX_COUNT: u32 = 100_000;
/// The most bytes that are made at a time, by what `--size` says: the largest of messages, a hundred times.
const MAX_BYTES: u64 = 100 * MessageMaker::MAX_SIZE;
/// How an unfinished file ends. It is written anew the next time.
const UNFINISHED: &str = ".part";

#[derive(Debug, Args)]
pub(in crate::command) struct MakeMessages {
    /// How many, from 1 to 100000
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=i64::from(MAX_COUNT)))]
    count: u32,
    /// A whole number; the same seed makes the same messages, on every machine
    #[arg(long, value_name = "S", value_parser = read_seed)]
    seed: u64,
    /// The version of MeMo [default: some of each]
    #[arg(long)]
    version: Option<MemoVersion>,
    /// How many bytes each has, from 16384 to 104333312, with an attachment that fills it up [default: as long as the letter is]
    #[arg(long, value_name = "BYTES")]
    #[arg(value_parser = clap::value_parser!(u64).range(MessageMaker::MIN_SIZE..=MessageMaker::MAX_SIZE))]
    size: Option<u64>,
    /// The authority to write to, of those published [default: each in turn; the sample municipality when nothing is published]
    #[arg(long, value_name = "CVR")]
    authority: Option<Cvr>,
    /// Where to write them, each as <messageUUID>.xml; the directory is made when absent, and no file in it is overwritten
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum MemoVersion {
    #[value(name = "1.1")]
    V1_1,
    #[value(name = "1.2")]
    V1_2,
}

impl MakeMessages {
    pub fn run(self, data: &Path) -> Result<Conclusion, Failure> {
        let asked_for = self.size.unwrap_or_default().saturating_mul(self.count.into());
        if asked_for > MAX_BYTES {
            let most = MAX_BYTES / self.size.unwrap_or(1).max(1);
            return Err(format!(
                "{} messages of {} bytes are more than is made at a time; of that size, at most {most}",
                self.count,
                self.size.unwrap_or_default()
            )
            .into());
        }
        let book = rules(data)?;
        let makers: Vec<_> = self.recipients(&book)?.into_iter().map(|to| self.maker(&book, to)).collect();
        let out = self.out.display();
        fs::create_dir_all(&self.out).map_err(|error| {
            format!("cannot make the directory {out}: {error}; name one that can be made, or that is there")
        })?;
        let wish = Wish { version: self.version.map(Version::from), ..Wish::any(1) };
        let mut already = 0_u32;
        for number in 0..self.count {
            let maker = &makers[number as usize % makers.len()];
            let message = maker.message(number.into(), &wish);
            let path = self.out.join(format!("{}.xml", message.letter.message_uuid));
            let is_new = keep(&message, &path).map_err(|error| self.cannot_write(&path, &error, number))?;
            already += u32::from(!is_new);
        }
        let made = counted(self.count as usize, "message", "messages");
        let there = if already == 0 { String::new() } else { format!(" ({already} of them there already)") };
        print_line(format_args!("{made} in {out}{there}"));
        Ok(Conclusion::Done)
    }

    fn recipients<'a>(&self, book: &'a RuleBook) -> Result<Vec<&'a Authority>, Failure> {
        let Some(cvr) = self.authority else { return Ok(book.authorities.iter().collect()) };
        let chosen = book.authority(cvr).ok_or_else(|| {
            let known: Vec<_> = book.authorities.iter().map(|authority| authority.cvr.to_string()).collect();
            format!("there is no authority with CVR number {cvr}; there are: {}", known.join(", "))
        })?;
        Ok(vec![chosen])
    }

    fn maker(&self, book: &RuleBook, to: &Authority) -> MessageMaker {
        let maker = MessageMaker::new(book, to, self.seed);
        match self.size {
            Some(bytes) => maker.sized(bytes),
            None => maker,
        }
    }

    fn cannot_write(&self, path: &Path, error: &io::Error, written: u32) -> Failure {
        let (count, path) = (self.count, path.display());
        match error.kind() {
            io::ErrorKind::AlreadyExists => format!(
                "{path} is there already with other content and was left alone; {written} of {count} messages are there: \
                 choose another directory"
            ),
            _ => format!(
                "cannot write {path}: {error}; {written} of {count} messages are there: the same call makes the others, too"
            ),
        }
        .into()
    }
}

impl From<MemoVersion> for Version {
    fn from(version: MemoVersion) -> Self {
        match version {
            MemoVersion::V1_1 => Self::V1_1,
            MemoVersion::V1_2 => Self::V1_2,
        }
    }
}

fn read_seed(text: &str) -> Result<u64, String> {
    text.parse().map_err(|_| format!("a seed is a whole number from 0 to {}", u64::MAX))
}

/// What is published, or else the sample.
fn rules(data: &Path) -> Result<Arc<RuleBook>, Failure> {
    let published = existing_store(data)?.map(|store| store.newest_publication()).transpose()?.flatten();
    let book = published.map(|publication| publication.book).filter(|book| !book.authorities.is_empty());
    Ok(book.unwrap_or_else(|| Arc::new(sample_book(SocketAddr::from((Ipv4Addr::LOCALHOST, 0))))))
}

/// Writes a message where nothing is; says whether it did. One that is there already, byte for byte, is left alone.
///
/// It gets its name when it is whole, so that no half message is ever taken for one.
fn keep(message: &MadeMessage, path: &Path) -> io::Result<bool> {
    if fs::symlink_metadata(path).is_ok() {
        return if is_same(message, path)? { Ok(false) } else { Err(io::ErrorKind::AlreadyExists.into()) };
    }
    let unfinished = path.with_extension(format!("xml{UNFINISHED}"));
    match fs::remove_file(&unfinished) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut file = File::create_new(&unfinished)?;
    let written = message.pieces().try_for_each(|piece| file.write_all(&piece));
    drop(file);
    let kept = written.and_then(|()| give_name(&unfinished, path));
    let _ = fs::remove_file(&unfinished);
    kept.map(|()| true)
}

/// A link, unlike a new name, never replaces what somebody else has put there meanwhile; but not every disk has links.
fn give_name(unfinished: &Path, path: &Path) -> io::Result<()> {
    fs::hard_link(unfinished, path).or_else(|error| match error.kind() {
        io::ErrorKind::AlreadyExists | io::ErrorKind::StorageFull => Err(error),
        _ => fs::rename(unfinished, path),
    })
}

fn is_same(message: &MadeMessage, path: &Path) -> io::Result<bool> {
    let about = fs::symlink_metadata(path)?;
    if !about.is_file() || about.len() != message.length() {
        return Ok(false);
    }
    let mut file = BufReader::new(File::open(path)?);
    for piece in message.pieces() {
        let mut there = vec![0; piece.len()];
        file.read_exact(&mut there)?;
        if there != piece {
            return Ok(false);
        }
    }
    Ok(true)
}
