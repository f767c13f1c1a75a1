#![no_main]

libfuzzer_sys::fuzz_target!(|body: &[u8]| {
    ecosante_fuzz::vigilance_mirror(body);
});
