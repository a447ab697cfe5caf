"""An empty Streamlit page with one control: what a rerun costs before anything is shown."""

import streamlit as st

choice = st.segmented_control(
    "Measure", ["activities", "amounts"], default="activities", key="pick"
)
with st.container(key="answer"):
    st.write(choice)
