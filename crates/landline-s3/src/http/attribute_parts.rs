//! The parts of an object, as `GetObjectAttributes` lists them: those with a checksum, page by page.
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectAttributes.html>

use landline_wire::ServiceError;
use landline_wire::protocol::xml::XmlEncoder;

use super::Call;
use crate::error::invalid_argument;
use crate::index::record::{Object, Part};
use crate::quotas::PAGE_MAX;

/// A page of the parts.
pub(super) struct Listed {
    count: u32,
    after: u16,
    most: usize,
    page: Vec<Part>,
    has_more: bool,
    /// The element of their checksums.
    checksum: &'static str,
}

/// Reads the page that a request asks for.
pub(super) fn list(call: &Call<'_>, object: &Object, count: u32) -> Result<Listed, ServiceError> {
    let most = number(call, "x-amz-max-parts")?.unwrap_or(PAGE_MAX);
    let most = most.min(PAGE_MAX);
    let after = number(call, "x-amz-part-number-marker")?.unwrap_or_default();
    let after = u16::try_from(after).unwrap_or(u16::MAX);
    let parts = call.s3.parts_of(object)?.into_iter();
    let mut page: Vec<Part> = parts
        .filter(|part| part.checksum.is_some() && part.number > after)
        .collect();
    let has_more = page.len() > most;
    page.truncate(most);
    let checksum = object.checksum.as_ref();
    Ok(Listed {
        count,
        after,
        most,
        page,
        has_more,
        checksum: checksum.map_or("", |it| it.algorithm.element()),
    })
}

fn number(call: &Call<'_>, name: &str) -> Result<Option<usize>, ServiceError> {
    let Some(text) = call.header(name) else {
        return Ok(None);
    };
    let number = text.trim().parse::<usize>();
    let refused = |_| invalid_argument("Provided value is not an integer", name, text);
    number.map(Some).map_err(refused)
}

impl Listed {
    pub(super) fn write(&self, xml: &mut XmlEncoder) {
        xml.element("ObjectParts", |xml| {
            xml.text_element("PartsCount", &self.count.to_string());
            // Without checksums nothing but their number is told.
            if self.page.is_empty() && self.after == 0 {
                return;
            }
            xml.text_element("PartNumberMarker", &self.after.to_string());
            let last = self.page.last().map_or(0, |part| part.number);
            xml.text_element("NextPartNumberMarker", &last.to_string());
            xml.text_element("MaxParts", &self.most.to_string());
            xml.text_element("IsTruncated", if self.has_more { "true" } else { "false" });
            for part in &self.page {
                xml.element("Part", |xml| {
                    xml.text_element("PartNumber", &part.number.to_string());
                    xml.text_element("Size", &part.size.to_string());
                    if let Some(value) =
                        part.checksum.as_ref().filter(|_| !self.checksum.is_empty())
                    {
                        xml.text_element(self.checksum, value);
                    }
                });
            }
        });
    }
}
