"""Parcels (bưu gửi): papers, labels, seals, and custody from hand to hand.

Owns `papers`, `parcels`, `hand_overs`, `label_sets`, `card_look_ups`, `bags`, `bag_parcels`. Every sheet is
with exactly one holder.
"""
