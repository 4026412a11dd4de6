# %% [markdown]
# # Dropout by hand

# %%
SEED = 0
