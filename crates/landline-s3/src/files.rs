//! The bytes of objects: one file for what one request sent, written under another name
//! first, so that a file among the objects is whole.
//!
//! `s3/incoming/{id}` is being received, `s3/objects/{first two}/{id}` is there to stay.
//! Files never change: copies and multipart objects refer to the files that exist. A file
//! that is being read while the last object with it goes is removed after the reading.

use std::collections::HashMap;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use landline_wire::request_id;
use parking_lot::Mutex;
use serde::{Deserialize, Serialize};
use tokio::io::AsyncWriteExt as _;

/// When a file counts as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Durability {
    /// It is on the disk.
    #[default]
    Full,
    /// It is with the operating system: a crash of the process loses nothing.
    Process,
}

/// The name of a file.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct FileId(String);

impl FileId {
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// The id of a file with this name, if one of ours can have it.
    fn parse(name: &str) -> Option<Self> {
        let is_ours = name.len() == ID_LENGTH && name.bytes().all(|it| it.is_ascii_alphanumeric());
        is_ours.then(|| Self(name.to_owned()))
    }
}

/// All files of a node.
#[derive(Debug)]
pub(crate) struct Files {
    root: PathBuf,
    durability: Durability,
    /// By the clock of the file system. What is older was there when we began.
    opened: SystemTime,
    /// How many read a file, and whether it shall go when they are done.
    read: Mutex<HashMap<FileId, Reading>>,
}

#[derive(Debug, Default)]
struct Reading {
    readers: usize,
    is_doomed: bool,
}

impl Files {
    /// Opens the folder and forgets what was being received when the last process ended.
    pub(crate) fn open(data_dir: &Path, durability: Durability) -> io::Result<Arc<Self>> {
        let root = data_dir.join("s3");
        let incoming = root.join("incoming");
        if incoming.exists() {
            fs::remove_dir_all(&incoming)?;
        }
        fs::create_dir_all(&incoming)?;
        fs::create_dir_all(root.join("objects"))?;
        let opened = fs::metadata(&incoming)?.modified()?;
        Ok(Arc::new(Self {
            root,
            durability,
            opened,
            read: Mutex::default(),
        }))
    }

    /// Begins a file.
    pub(crate) async fn create(self: &Arc<Self>) -> io::Result<Pending> {
        let id = FileId(request_id::random_text(ID_ALPHABET, ID_LENGTH));
        let path = self.root.join("incoming").join(id.as_str());
        let file = tokio::fs::File::create_new(&path).await?;
        Ok(Pending {
            files: self.clone(),
            id,
            file,
            place: Place::Incoming,
        })
    }

    pub(crate) fn open_file(&self, id: &FileId) -> io::Result<File> {
        File::open(self.path(id))
    }

    /// Keeps files from going until the pin is dropped.
    pub(crate) fn pin(self: &Arc<Self>, ids: Vec<FileId>) -> Pin {
        let mut read = self.read.lock();
        for id in &ids {
            read.entry(id.clone()).or_default().readers += 1;
        }
        Pin {
            files: self.clone(),
            ids,
        }
    }

    /// Removes files that no object has any more.
    pub(crate) async fn remove(self: &Arc<Self>, ids: Vec<FileId>) {
        if ids.is_empty() {
            return;
        }
        let files = self.clone();
        let removing = tokio::task::spawn_blocking(move || {
            for id in ids {
                files.remove_one(&id);
            }
        });
        // What stays behind is found at the next start.
        let _ = removing.await;
    }

    fn remove_one(&self, id: &FileId) {
        if let Some(reading) = self.read.lock().get_mut(id) {
            reading.is_doomed = true;
            return;
        }
        if let Err(error) = fs::remove_file(self.path(id)) {
            tracing::debug!(%error, file = id.as_str(), "an object's file stays behind");
        }
    }

    /// Removes the older files that nobody knows: what a crash left between a file and its
    /// object.
    pub(crate) fn sweep(&self, is_known: impl Fn(&FileId) -> bool) -> io::Result<usize> {
        let mut swept = 0;
        for folder in fs::read_dir(self.root.join("objects"))? {
            for file in fs::read_dir(folder?.path())? {
                let file = file?;
                let id = file.file_name().to_str().and_then(FileId::parse);
                if let Some(id) = id
                    && file.metadata()?.modified()? < self.opened
                    && !is_known(&id)
                {
                    fs::remove_file(file.path())?;
                    swept += 1;
                }
            }
        }
        Ok(swept)
    }

    fn path(&self, id: &FileId) -> PathBuf {
        let folder = &id.as_str()[..2];
        self.root.join("objects").join(folder).join(id.as_str())
    }
}

/// Files that are being read.
#[derive(Debug)]
pub(crate) struct Pin {
    files: Arc<Files>,
    ids: Vec<FileId>,
}

impl Drop for Pin {
    fn drop(&mut self) {
        for id in &self.ids {
            let mut read = self.files.read.lock();
            let Some(reading) = read.get_mut(id) else {
                continue;
            };
            reading.readers -= 1;
            if reading.readers > 0 {
                continue;
            }
            let is_doomed = reading.is_doomed;
            read.remove(id);
            drop(read);
            if is_doomed {
                self.files.remove_one(id);
            }
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Incoming,
    Objects,
    Kept,
}

/// A file that is being written; dropped, it goes.
#[derive(Debug)]
pub(crate) struct Pending {
    files: Arc<Files>,
    id: FileId,
    file: tokio::fs::File,
    place: Place,
}

impl Pending {
    pub(crate) async fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.file.write_all(bytes).await
    }

    /// Brings the file to the disk and among the objects. It still goes when this is
    /// dropped, until an object has it.
    pub(crate) async fn settle(&mut self) -> io::Result<FileId> {
        self.file.flush().await?;
        if self.files.durability == Durability::Full {
            self.file.sync_all().await?;
        }
        let files = self.files.clone();
        let id = self.id.clone();
        let moved = tokio::task::spawn_blocking(move || files.settle(&id));
        moved.await.map_err(io::Error::other)??;
        self.place = Place::Objects;
        Ok(self.id.clone())
    }

    /// An object has the file now.
    pub(crate) fn keep(mut self) {
        self.place = Place::Kept;
    }
}

impl Files {
    fn settle(&self, id: &FileId) -> io::Result<()> {
        let path = self.path(id);
        let folder = path.parent().unwrap_or(&self.root);
        let is_new = !folder.exists();
        if is_new {
            fs::create_dir_all(folder)?;
        }
        fs::rename(self.root.join("incoming").join(id.as_str()), &path)?;
        if self.durability == Durability::Full {
            File::open(folder)?.sync_all()?;
            if is_new {
                File::open(self.root.join("objects"))?.sync_all()?;
            }
        }
        Ok(())
    }
}

impl Drop for Pending {
    fn drop(&mut self) {
        let path = match self.place {
            Place::Incoming => self.files.root.join("incoming").join(self.id.as_str()),
            Place::Objects => self.files.path(&self.id),
            Place::Kept => return,
        };
        if let Err(error) = fs::remove_file(path) {
            tracing::debug!(%error, "an upload stays behind");
        }
    }
}

const ID_LENGTH: usize = 32;
const ID_ALPHABET: &[u8] = b"abcdefghijklmnopqrstuvwxyz0123456789";
