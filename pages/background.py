"""Placeholder until its owner lands it."""
import streamlit as st
st.write("background")
