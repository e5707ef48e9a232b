//! The four macros in which the generated modules are written.
//!
//! `structure!`, `union!`, `string_enum!` and `operations!` declare; all behaviour
//! is in plain code.

/// A structure of a model.
///
/// ```ignore
/// structure! { CreateApiInput "CreateApiRequest" {
///     name: required String, "Name" as "name" .length(1, 128);
///     tags: optional BTreeMap<String, String>, "Tags" as "tags";
/// } }
/// ```
#[macro_export]
macro_rules! structure {
    ($(#[$doc:meta])* $type:ident $name:literal { $(
        $field:ident : $presence:ident $ty:ty, $sdk:literal as $wire:literal
        $(. $modifier:ident ( $($argument:tt)* ))* ;
    )* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Default, PartialEq)]
        pub struct $type { $(pub $field: $crate::field_type!($presence $ty),)* }

        impl $type {
            const SCHEMA: &'static $crate::shape::Schema = &$crate::shape::Schema {
                name: $name,
                members: &[$(
                    $crate::shape::Member::new($sdk, $wire, $crate::is_required!($presence))
                    $(. $modifier ( $($argument)* ))*,
                )*],
            };
        }

        impl $crate::shape::Members for $type {
            fn schema(&self) -> &'static $crate::shape::Schema { Self::SCHEMA }

            #[allow(unused_variables, unused_assignments, unused_mut, reason = "a structure may have no members")]
            fn member(&self, index: usize) -> Option<&dyn $crate::shape::Encode> {
                let mut at = 0;
                $(
                    if index == at { return $crate::member_value!($presence self.$field); }
                    at += 1;
                )*
                None
            }

            #[allow(unused_variables, unused_assignments, unused_mut, reason = "a structure may have no members")]
            fn slot(&mut self, index: usize) -> &mut dyn $crate::shape::Slot {
                let mut at = 0;
                $(
                    if index == at { return &mut self.$field; }
                    at += 1;
                )*
                $crate::macro_support::no_member(Self::SCHEMA, index)
            }
        }

        impl $crate::shape::Encode for $type {
            fn encode(&self, out: &mut dyn $crate::shape::Encoder) {
                $crate::macro_support::encode_all(self, out);
            }
        }

        impl $crate::shape::Decode for $type {
            fn decode(
                node: $crate::shape::Node<'_>,
                decoder: &mut $crate::shape::Decoder,
            ) -> Result<Self, $crate::shape::DecodeError> {
                let mut structure = Self::default();
                $crate::macro_support::decode_all(node, decoder, &mut structure)?;
                Ok(structure)
            }

            fn class(version: &str) -> String {
                $crate::macro_support::structure_class($name, version)
            }
        }
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! field_type {
    (required $ty:ty) => { $ty };
    (optional $ty:ty) => { Option<$ty> };
}

#[doc(hidden)]
#[macro_export]
macro_rules! is_required {
    (required) => {
        true
    };
    (optional) => {
        false
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! member_value {
    (required $self:ident . $field:ident) => {
        Some(&$self.$field as &dyn $crate::shape::Encode)
    };
    (optional $self:ident . $field:ident) => {
        $self
            .$field
            .as_ref()
            .map(|value| value as &dyn $crate::shape::Encode)
    };
}

/// A structure of which exactly one member is set, as an enum: `AttributeValue`.
#[macro_export]
macro_rules! union {
    ($(#[$doc:meta])* $type:ident $name:literal { $($variant:ident ( $ty:ty ) = $wire:literal;)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq)]
        pub enum $type {
            $($variant($ty),)*
            /// No member was set, or several, which are these: the service refuses it when it comes to it.
            Unrecognized(Vec<Self>),
        }

        impl $type {
            const SCHEMA: &'static $crate::shape::Schema = &$crate::shape::Schema {
                name: $name,
                members: &[$($crate::shape::Member::new($wire, $wire, false),)*],
            };
        }

        impl $crate::shape::Encode for $type {
            fn encode(&self, out: &mut dyn $crate::shape::Encoder) {
                out.structure(Self::SCHEMA, &|out| match self {
                    $(Self::$variant(value) => {
                        let member = Self::SCHEMA.members.iter().find(|m| m.name == $wire);
                        out.member(member.expect("one schema member per variant"), value);
                    })*
                    Self::Unrecognized(_) => {}
                });
            }
        }

        impl $crate::shape::Decode for $type {
            fn decode(
                node: $crate::shape::Node<'_>,
                decoder: &mut $crate::shape::Decoder,
            ) -> Result<Self, $crate::shape::DecodeError> {
                let mut set = $crate::macro_support::SetMembers::default();
                for (key, value) in $crate::macro_support::members_of::<Self>(node, decoder, $name)? {
                    match key.as_ref() {
                        $($wire => set.push(Self::$variant(decoder.variant(value)?)),)*
                        // Members that the model does not list are ignored, as in structures.
                        _ => {}
                    }
                }
                Ok(set.only().unwrap_or_else(Self::Unrecognized))
            }

            fn class(version: &str) -> String {
                $crate::macro_support::structure_class($name, version)
            }
        }
    };
}

/// A closed set of texts that a newer client may know more of.
#[macro_export]
macro_rules! string_enum {
    ($(#[$doc:meta])* $type:ident { $($variant:ident = $text:literal,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $type {
            $(#[doc = concat!("`", $text, "`")] $variant,)*
            /// A value that the model does not list.
            Unrecognized(String),
        }

        impl $type {
            /// The values that the model lists.
            pub const VALUES: &'static [&'static str] = &[$($text,)*];

            /// The value on the wire.
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $text,)*
                    Self::Unrecognized(text) => text,
                }
            }
        }

        impl Default for $type {
            fn default() -> Self { Self::Unrecognized(String::new()) }
        }

        impl From<&str> for $type {
            fn from(text: &str) -> Self {
                match text {
                    $($text => Self::$variant,)*
                    _ => Self::Unrecognized(text.to_owned()),
                }
            }
        }

        impl std::fmt::Display for $type {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl $crate::shape::Encode for $type {
            fn encode(&self, out: &mut dyn $crate::shape::Encoder) { out.string(self.as_str()); }
        }

        impl $crate::shape::Decode for $type {
            fn decode(
                node: $crate::shape::Node<'_>,
                decoder: &mut $crate::shape::Decoder,
            ) -> Result<Self, $crate::shape::DecodeError> {
                let text = <String as $crate::shape::Decode>::decode(node, decoder)?;
                Ok(Self::from(text.as_str()))
            }

            fn class(version: &str) -> String { <String as $crate::shape::Decode>::class(version) }
        }
    };
}

/// A service: its protocol, its operations, its exceptions.
///
/// ```ignore
/// service! { apigatewayv2 signed "apigateway" speaks Protocol::RestJson;
///     errors { NotFoundException 404 "message", }
///     operations { POST "/v2/apis" => CreateApi(CreateApiInput) -> 201 Api, }
/// }
/// ```
#[macro_export]
macro_rules! service {
    ($(#[$doc:meta])* $name:ident signed $signing:literal speaks $protocol:expr, validates $validation:literal;
     errors { $($error:ident $error_code:literal $error_status:literal $error_message:literal,)* }
     $(query_codes { $($now:literal => $before:literal),* })?
     operations { $($method:ident $path:literal => $operation:ident ( $input:ty ) -> $status:literal $output:ty $(, wrapped $wrapper:literal)?;)* }
    ) => {
        $(#[$doc])*
        pub static SERVICE: $crate::ServiceMeta = $crate::ServiceMeta {
            signing_name: $signing,
            name: stringify!($name),
            protocol: $protocol,
            validation_code: $validation,
            errors: &[$(errors::$error,)*],
            query_codes: $crate::optional_codes!($([$(($now, $before)),*])?),
            operations: &[$(&meta::$operation,)*],
        };

        /// The service's exceptions.
        #[allow(non_upper_case_globals, reason = "an exception is written as the model writes it")]
        pub mod errors {
            $(
                #[doc = concat!("`", $error_code, "`, HTTP ", $error_status)]
                pub const $error: $crate::ErrorShape = $crate::ErrorShape { name: stringify!($error), code: $error_code, status: $error_status, message_member: $error_message };
            )*
        }

        /// Statics of their own, because the service refers to them and they to the service.
        #[allow(non_upper_case_globals, reason = "named as the operations that they describe")]
        mod meta {
            use super::SERVICE;
            $(
                pub(super) static $operation: $crate::OperationMeta = $crate::OperationMeta {
                    service: &SERVICE,
                    name: stringify!($operation),
                    method: stringify!($method),
                    path: $path,
                    status: $status,
                    result_wrapper: $crate::optional_wrapper!($($wrapper)?),
                    codec: $crate::macro_support::codec::<super::$operation>(),
                };
            )*
        }

        $(
            #[doc = concat!("`", stringify!($operation), "`: ", stringify!($method), " ", $path)]
            #[derive(Debug)]
            pub struct $operation;

            impl $crate::Operation for $operation {
                type Input = $input;
                type Output = $output;
                const META: &'static $crate::OperationMeta = &meta::$operation;
            }
        )*
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! optional_wrapper {
    () => {
        None
    };
    ($wrapper:literal) => {
        Some($wrapper)
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! optional_codes {
    () => {
        None
    };
    ([$($pair:expr),*]) => {
        Some(&[$($pair),*])
    };
}
