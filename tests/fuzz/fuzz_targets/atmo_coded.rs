#![no_main]

libfuzzer_sys::fuzz_target!(|body: &[u8]| {
    ecosante_fuzz::atmo_coded(body);
});
