//! A `.env` file of which some variables change and everything else stays as it is.

use std::fs;
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

/// The lines of a file, and where they go back to.
pub(crate) struct EnvFile {
    /// The file itself, not a link to it.
    path: PathBuf,
    lines: Vec<String>,
    /// What ends a line here.
    newline: &'static str,
}

/// What is wrong with the file. Says names of variables, never values.
#[derive(Debug, thiserror::Error)]
pub(crate) enum EnvFileError {
    /// It cannot be opened.
    #[error("{path} cannot be read: {source}")]
    Read {
        path: String,
        source: std::io::Error,
    },
    /// It is some other kind of file.
    #[error("{path} is not text in UTF-8")]
    NotText { path: String },
    /// Which of the two counts depends on who reads them.
    #[error("{path} sets {name} in line {first} and again in line {second}: remove one of them")]
    Twice {
        path: String,
        name: String,
        first: usize,
        second: usize,
    },
    /// The value goes on in the next line.
    #[error("{path} line {line}: the value of {name} has an opening quote and no closing one")]
    OpenQuote {
        path: String,
        name: String,
        line: usize,
    },
    /// It stays as it was.
    #[error("{path} cannot be written: {source}")]
    Write {
        path: String,
        source: std::io::Error,
    },
}

impl EnvFile {
    /// The file at `path`.
    pub(crate) fn read(path: &Path) -> Result<Self, EnvFileError> {
        let shown = || path.display().to_string();
        let failed = |source| EnvFileError::Read {
            path: shown(),
            source,
        };
        let target = fs::canonicalize(path).map_err(failed)?;
        let bytes = fs::read(&target).map_err(failed)?;
        let text = String::from_utf8(bytes).map_err(|_| EnvFileError::NotText { path: shown() })?;
        Ok(Self {
            newline: if text.contains("\r\n") { "\r\n" } else { "\n" },
            lines: text.lines().map(str::to_owned).collect(),
            path: target,
        })
    }

    /// The file at `path`, or an empty one if there is none.
    pub(crate) fn read_or_new(path: &Path) -> Result<Self, EnvFileError> {
        // A link that leads nowhere is a mistake, not a new file.
        match fs::symlink_metadata(path) {
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(Self {
                path: path.to_owned(),
                lines: Vec::new(),
                newline: "\n",
            }),
            _ => Self::read(path),
        }
    }

    /// The value of `name` as written, quotes and all; `None` where it is absent or empty.
    pub(crate) fn value(&self, name: &str) -> Result<Option<&str>, EnvFileError> {
        let mut found: Option<(usize, &str)> = None;
        for (at, value) in self.assignments(name) {
            let (path, name) = (self.path.display().to_string(), name.to_owned());
            if let Some((first, _)) = found {
                return Err(EnvFileError::Twice {
                    path,
                    name,
                    first: first + 1,
                    second: at + 1,
                });
            }
            if open_quote(value).is_some() {
                return Err(EnvFileError::OpenQuote {
                    path,
                    name,
                    line: at + 1,
                });
            }
            found = Some((at, value));
        }
        Ok(found
            .map(|(_, value)| value)
            .filter(|value| !matches!(*value, "" | "\"\"" | "''") && !value.starts_with('#')))
    }

    /// Sets `name`, where it stands, else after the last of `after`, else at the end.
    pub(crate) fn set(&mut self, name: &str, value: &str, after: &[&str]) {
        let line = |prefix: &str| format!("{prefix}{name}={value}");
        if let Some(at) = self.position(name) {
            let prefix = prefix_of(&self.lines[at]).to_owned();
            self.lines[at] = line(&prefix);
            return;
        }
        match after.iter().filter_map(|name| self.position(name)).max() {
            Some(at) => {
                let prefix = prefix_of(&self.lines[at])
                    .trim_start_matches('\u{feff}')
                    .to_owned();
                self.lines.insert(at + 1, line(&prefix));
            }
            None => self.lines.push(line("")),
        }
    }

    /// Takes out `name`.
    pub(crate) fn remove(&mut self, name: &str) {
        if let Some(at) = self.position(name) {
            self.lines.remove(at);
        }
    }

    /// Writes the file at once or not at all, readable by its owner only.
    pub(crate) fn save(&self) -> Result<(), EnvFileError> {
        self.replace().map_err(|source| EnvFileError::Write {
            path: self.path.display().to_string(),
            source,
        })
    }

    fn replace(&self) -> std::io::Result<()> {
        let folder = match self.path.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder,
            _ => Path::new("."),
        };
        // Mode 600 from the first byte on.
        let mut file = NamedTempFile::new_in(folder)?;
        for line in &self.lines {
            file.write_all(line.as_bytes())?;
            file.write_all(self.newline.as_bytes())?;
        }
        file.as_file().sync_all()?;
        #[cfg(unix)]
        keep_owner(&self.path, file.path())?;
        file.persist(&self.path)?;
        Ok(())
    }

    fn position(&self, name: &str) -> Option<usize> {
        self.assignments(name).next().map(|(at, _)| at)
    }

    /// The lines that set `name`, with the value. Lines inside of a quoted value do not count.
    fn assignments<'a>(&'a self, name: &str) -> impl Iterator<Item = (usize, &'a str)> {
        let mut inside = None;
        self.lines.iter().enumerate().filter_map(move |(at, line)| {
            if let Some(quote) = inside {
                if line.contains(quote) {
                    inside = None;
                }
                return None;
            }
            let (key, value) = split(line)?;
            if key == name {
                return Some((at, value));
            }
            inside = open_quote(value);
            None
        })
    }
}

/// What stands before the name: `export `, spaces.
fn prefix_of(line: &str) -> &str {
    let end = split(line).and_then(|(key, _)| line.find(key));
    &line[..end.unwrap_or(0)]
}

/// The name and the value of an assignment.
fn split(line: &str) -> Option<(&str, &str)> {
    let line = line.trim_start_matches('\u{feff}').trim();
    if line.starts_with('#') {
        return None;
    }
    let (key, value) = line.split_once('=')?;
    let key = key.trim();
    let key = match key.strip_prefix("export") {
        Some(rest) if rest.starts_with([' ', '\t']) => rest.trim_start(),
        _ => key,
    };
    Some((key, value.trim()))
}

/// The quote that a value opens and does not close in its line.
fn open_quote(value: &str) -> Option<char> {
    let quote = value.chars().next().filter(|c| "\"'`".contains(*c))?;
    (!value[1..].contains(quote)).then_some(quote)
}

/// Whose file it was stays whose it is: an application that runs as somebody else must still read
/// it.
#[cfg(unix)]
fn keep_owner(old: &Path, new: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::{MetadataExt as _, chown};

    let Ok(old) = fs::metadata(old) else {
        return Ok(()); // A new file.
    };
    let new_metadata = fs::metadata(new)?;
    if (old.uid(), old.gid()) == (new_metadata.uid(), new_metadata.gid()) {
        return Ok(());
    }
    chown(new, Some(old.uid()), Some(old.gid()))
}
